// A real AT Protocol network on this machine: node network.mjs pds|appview
//
// Prints {"plc","pds","appview"?} as one line of JSON once it runs; ends when its standard input does, or on SIGTERM.
// The AppView needs DB_POSTGRES_URL and REDIS_HOST.
import { TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env'

const withAppView = process.argv[2] === 'appview'
const network = withAppView
  ? await TestNetwork.create({ bsky: { dbPostgresSchema: 'bsky' } })
  : await TestNetworkNoAppView.create({})

// The AppView indexes what the firehose brings; asking it to catch up keeps it a moment behind.
const catchUp = withAppView ? setInterval(() => network.processAll().catch(() => {}), 500) : undefined

console.log(JSON.stringify({ plc: network.plc.url, pds: network.pds.url, appview: network.bsky?.url }))

let ending = false
const end = async () => {
  if (ending) return
  ending = true
  clearInterval(catchUp)
  setTimeout(() => process.exit(0), 5000).unref()
  await network.close()
  process.exit(0)
}
process.on('SIGTERM', end)
process.stdin.on('end', end).resume()
