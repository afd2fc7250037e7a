// One more like, a day later so to say: node later.mjs PDS-ADDRESS FOLDER
import { AtpAgent } from '@atproto/api'
import fs from 'node:fs'

const [pds, folder] = process.argv.slice(2)
const dids = JSON.parse(fs.readFileSync(`${folder}/accounts.json`, 'utf8'))
const gus = new AtpAgent({ service: pds })
await gus.login({ identifier: 'gus.test', password: 'password' })
const { data } = await gus.com.atproto.repo.listRecords({ repo: dids.ann, collection: 'app.bsky.feed.post', limit: 1, reverse: true })
await gus.like(data.records[0].uri, data.records[0].cid)
