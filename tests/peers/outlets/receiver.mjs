// A receiver of webhooks and a push service in one, with other people's libraries. Prints one JSON line a request.
//   POST /hook/NAME        verified by standardwebhooks with the secrets that SECRETS (a file) has for NAME
//   POST /push/STATUS      decrypted by http_ece; its VAPID token verified by Node's crypto
import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import ece from 'http_ece'
import { Webhook } from 'standardwebhooks'
import webpush from 'web-push'

const [port, secretsFile] = process.argv.slice(2)
const browser = createECDH('prime256v1')
browser.generateKeys()
const auth = randomBytes(16)
const say = (line) => process.stdout.write(JSON.stringify(line) + '\n')

function hook(request, body, name) {
  const secrets = JSON.parse(readFileSync(secretsFile, 'utf8'))
  const { fails = 0, keys } = secrets[name]
  const verified = keys.map((key) => {
    try {
      return new Webhook(key).verify(body, request.headers)
    } catch (error) {
      return String(error.message)
    }
  })
  say({ hook: name, id: request.headers['webhook-id'], verified })
  return (hooked[name] = (hooked[name] ?? 0) + 1) <= fails ? 500 : 204
}
const hooked = {}

function push(request, body, status) {
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(request.headers.authorization)
  const [head, claims, signature] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  webpush.setVapidDetails('mailto:a@example.org', key, randomBytes(32).toString('base64url')) // throws for no public key
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } })
  const good = verify('sha256', Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'))
  const text = ece.decrypt(body, { version: request.headers['content-encoding'], privateKey: browser,
    authSecret: auth.toString('base64url') }).toString('utf8')
  say({ push: status, key, good, claims: JSON.parse(Buffer.from(claims, 'base64url')), text: JSON.parse(text),
    ttl: request.headers.ttl, topic: request.headers.topic })
  return Number(status)
}

createServer(async (request, response) => {
  const parts = []
  for await (const part of request) parts.push(part)
  const body = Buffer.concat(parts)
  const [, kind, name] = request.url.split('/')
  try {
    response.statusCode = kind === 'hook' ? hook(request, body.toString('utf8'), name) : push(request, body, name)
  } catch (error) {
    say({ error: String(error.stack) })
    response.statusCode = 500
  }
  response.end()
}).listen(Number(port), '127.0.0.1', () =>
  say({ p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') }))
