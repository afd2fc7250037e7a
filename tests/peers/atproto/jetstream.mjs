// A Jetstream server made of a real firehose: node jetstream.mjs PDS-ADDRESS
//
// Prints {"url"} as one line of JSON; ends when its standard input does, or on SIGTERM. It keeps all events in memory, and
// knows of /subscribe: cursor, wantedCollections, wantedDids, requireHello and options_update.
import { readCar } from '@atproto/repo'
import { lexToJson } from '@atproto/lexicon'
import { Frame } from '@atproto/xrpc-server'
import { cborToLexRecord } from '@atproto/repo'
import WebSocket, { WebSocketServer } from 'ws'

const pds = process.argv[2]
const events = []
const listeners = new Set()
let last = 0

function tell(event) {
  last = Math.max(last + 1, Date.now() * 1000) // each event has a microsecond of its own
  const whole = { did: event.did, time_us: last, ...event }
  events.push(whole)
  for (const listen of listeners) listen(whole)
}

async function take(bytes) {
  const { header, body } = Frame.fromBytes(bytes)
  if (header.t === '#identity') {
    tell({ did: body.did, kind: 'identity', identity: { did: body.did, handle: body.handle, seq: body.seq, time: body.time } })
  } else if (header.t === '#account') {
    const { did, active, status, seq, time } = body
    tell({ did, kind: 'account', account: { did, active, seq, time, ...(status ? { status } : {}) } })
  } else if (header.t === '#commit') {
    const { blocks } = await readCar(body.blocks)
    for (const { action, path, cid } of body.ops) {
      const [collection, rkey] = path.split('/')
      const commit = { rev: body.rev, operation: action, collection, rkey }
      if (action !== 'delete') {
        commit.record = lexToJson(cborToLexRecord(blocks.get(cid)))
        commit.cid = cid.toString()
      }
      tell({ did: body.repo, kind: 'commit', commit })
    }
  }
}

const firehose = new WebSocket(`${pds.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`)
let work = Promise.resolve()
firehose.on('message', (bytes) => (work = work.then(() => take(bytes))))
firehose.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})

/// Commits by collection and account; identity and account events come whatever is asked for.
const wants = (collections, dids) => (event) =>
  event.kind !== 'commit' ||
  ((collections.length === 0 || collections.includes(event.commit.collection)) && (dids.length === 0 || dids.includes(event.did)))

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/subscribe' })
server.on('connection', (socket, request) => {
  const query = new URL(request.url, 'http://localhost').searchParams
  let wanted = wants(query.getAll('wantedCollections'), query.getAll('wantedDids'))
  const send = (event) => wanted(event) && socket.send(JSON.stringify(event))
  const start = () => {
    const cursor = query.get('cursor')
    if (cursor !== null) events.filter((event) => event.time_us >= Number(cursor)).forEach(send)
    listeners.add(send)
  }
  if (query.get('requireHello') !== 'true') start()
  socket.on('message', (text) => {
    const { type, payload } = JSON.parse(text)
    if (type !== 'options_update') return
    wanted = wants(payload.wantedCollections ?? [], payload.wantedDids ?? [])
    if (!listeners.has(send)) start()
  })
  socket.on('close', () => listeners.delete(send))
})
server.on('listening', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })))
process.on('SIGTERM', () => process.exit(0))
process.stdin.on('end', () => process.exit(0)).resume()
