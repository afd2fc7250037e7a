// Keeps a firehose: node firehose.mjs PDS-ADDRESS OUT QUIET-SECONDS
//
// Reads it from its start until nothing came for so long. Writes OUT: each frame behind its size, four bytes, high ones
// first.
import fs from 'node:fs'
import WebSocket from 'ws'

const [pds, out, quiet] = process.argv.slice(2)
const stream = new WebSocket(`${pds.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`)
const frames = []
const end = () => {
  stream.terminate()
  fs.writeFileSync(out, Buffer.concat(frames.flatMap((frame) => {
    const size = Buffer.alloc(4)
    size.writeUInt32BE(frame.length)
    return [size, frame]
  })))
  console.log(`${frames.length} frames`)
}
let timer = setTimeout(end, 1000 * quiet)
stream.on('message', (bytes) => {
  frames.push(bytes)
  timer.refresh()
})
stream.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
