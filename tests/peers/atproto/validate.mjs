// Whether a Jetstream server's events are what the strict validator of @atcute/jetstream takes:
// node validate.mjs ADDRESS QUIET-SECONDS
//
// Prints {"accepted","refused","refused_identity"} once nothing came for so long. (That validator demands a handle of an
// identity event, which the network itself does not.)
import { JetstreamSubscription } from '@atcute/jetstream'
import WebSocket from 'ws'

const [url, quiet] = process.argv.slice(2)
const counts = { accepted: 0, refused: 0, refused_identity: 0 }
const end = () => {
  console.log(JSON.stringify(counts))
  process.exit(0)
}
const timer = setTimeout(end, 1000 * quiet)
const subscription = new JetstreamSubscription({
  url: url.replace('http', 'ws'),
  cursor: 1,
  ws: { WebSocket },
  onError: (error) => {
    const identity = error.issues?.every((issue) => issue.path?.[0]?.key === 'identity' || issue.path?.at(-1)?.key === 'handle')
    counts[identity ? 'refused_identity' : 'refused']++
    if (!identity) console.error(error.message, JSON.stringify(error.issues?.[0]?.path?.map((each) => each.key)))
    timer.refresh()
  },
})
for await (const event of subscription) {
  counts.accepted++
  timer.refresh()
}
