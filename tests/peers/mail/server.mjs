// A mail server (smtp-server) that takes what Renown sends, reads it (mailparser), and fails as it is asked to by the names
// of those it is for. Prints one JSON line an event.
//
//   server.mjs PORT plain|starttls|smtps CERTIFICATE KEY
//
//   later@...   451 to the first RCPT          never@...     550 to each RCPT
//   cut@...     the connection breaks within the first message
//   slow@...    takes the message, and answers after five seconds
//   lost@...    takes the first message, and cuts the connection instead of answering
// With TLS it wants a log-in: renown, "a password".
import { readFileSync } from 'node:fs'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

const [port, security, certificate, key] = process.argv.slice(2)
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n')
const seen = new Map()
const first = (address) => !seen.has(address) && seen.set(address, true)
const error = (responseCode, words) => Object.assign(new Error(words), { responseCode })

function headers(parsed) {
  return Object.fromEntries(parsed.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]))
}

async function taken(bytes, session) {
  const parsed = await simpleParser(bytes, { skipImageLinks: true, skipTextLinks: true, skipTextToHtml: true })
  say({ event: 'message', to: session.envelope.rcptTo.map((each) => each.address), from: session.envelope.mailFrom.address,
    secure: session.secure, user: session.user ?? null, id: parsed.messageId, subject: parsed.subject, text: parsed.text,
    html: parsed.html, date: parsed.date?.toISOString() ?? null, header_to: parsed.to?.value ?? [], bcc: parsed.bcc ?? null,
    names: parsed.headerLines.map(({ key }) => key), headers: headers(parsed), attachments: parsed.attachments.length })
}

const server = new SMTPServer({
  secure: security === 'smtps',
  disabledCommands: security === 'plain' ? ['STARTTLS', 'AUTH'] : [],
  authOptional: security === 'plain',
  ...(security === 'plain' ? {} : { cert: readFileSync(certificate), key: readFileSync(key) }),
  disableReverseLookup: true,
  logger: false,
  onAuth({ username, password }, session, callback) {
    if (username !== 'renown' || password !== 'a password') return callback(error(535, 'no'))
    callback(null, { user: username })
  },
  onRcptTo({ address }, session, callback) {
    const name = address.split('@')[0]
    say({ event: 'rcpt', to: address })
    if (name === 'never') return callback(error(550, 'nobody here'))
    if (name === 'later' && first(address)) return callback(error(451, 'greylisted'))
    callback()
  },
  onData(stream, session, callback) {
    const address = session.envelope.rcptTo[0].address
    const name = address.split('@')[0]
    if (name === 'cut' && first(address)) {
      say({ event: 'cut', to: address })
      return server.connections.forEach((connection) => connection._socket.destroy())
    }
    const parts = []
    stream.on('data', (part) => parts.push(part))
    stream.on('end', async () => {
      await taken(Buffer.concat(parts), session)
      if (name === 'lost' && first(address)) return server.connections.forEach((connection) => connection._socket.destroy())
      if (name === 'slow') await new Promise((done) => setTimeout(done, 5000))
      callback()
    })
  },
})
server.on('error', (problem) => say({ event: 'error', words: String(problem.message) }))
server.listen(Number(port), '127.0.0.1', () => say({ event: 'ready' }))
