// What people do on a network: node acts.mjs PDS-ADDRESS FOLDER [ROUND]
//
// Carries out a script of acts with the network's own client, and writes beside each what it means, by hand:
//   FOLDER/truth.csv      the acts as a flat log. Times are those in record keys, as the network's own library reads them
//   FOLDER/accounts.json  {"ann": "did:plc:...", ...}
// ROUND is put behind the names of the accounts, so that the script can run on one network several times.
import { AtpAgent, RichText } from '@atproto/api'
import { TID } from '@atproto/common'
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const [pds, folder, round = ''] = process.argv.slice(2)
const names = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal']
const agents = {}
const dids = {}
for (const name of names) {
  agents[name] = new AtpAgent({ service: pds })
  await agents[name].createAccount({ email: `${name}${round}@mail.test`, handle: `${name}${round}.test`, password: 'password' })
  dids[name] = agents[name].session.did
}

const rows = []
const keyOf = (uri) => uri.split('/').slice(-2).join('/')
const timeOf = (uri) => Math.floor(TID.fromStr(uri.split('/').at(-1)).timestamp() / 1e6)
const row = (uri, kind, who, whom, post, tags = '') =>
  rows.push([timeOf(uri), 'bluesky', kind, dids[who], whom ? dids[whom] : '', post, keyOf(uri), tags].join(','))
const undo = (who, { uri }) =>
  rows.push([Math.floor(Date.now() / 1000), 'bluesky', 'undo', dids[who], '', '', keyOf(uri), ''].join(','))

const strong = (ref) => ({ uri: ref.uri, cid: ref.cid })

async function post(who, text, more = {}, tags = '') {
  const ref = await agents[who].post({ text, createdAt: new Date().toISOString(), ...more })
  row(ref.uri, 'post', who, '', ref.uri, tags)
  return ref
}
async function reply(who, whom, parent, text, root = parent) {
  const ref = await post(who, text, { reply: { root: strong(root), parent: strong(parent) } })
  row(ref.uri, 'reply', who, whom, parent.uri)
  return ref
}
async function quote(who, whom, quoted, text, media) {
  const record = { $type: 'app.bsky.embed.record', record: strong(quoted) }
  const embed = media
    ? { $type: 'app.bsky.embed.recordWithMedia', record, media: { $type: 'app.bsky.embed.images', images: [] } }
    : record
  const ref = await post(who, text, { embed })
  row(ref.uri, 'quote', who, whom, quoted.uri)
  return ref
}
async function mention(who, whom, text) {
  const rich = new RichText({ text: `@${whom}${round}.test ${text} #Topic` })
  await rich.detectFacets(agents[who])
  const ref = await post(who, rich.text, { facets: rich.facets }, 'topic')
  row(ref.uri, 'mention', who, whom, ref.uri, 'topic')
  return ref
}
async function like(who, whom, what) {
  const ref = await agents[who].like(what.uri, what.cid)
  row(ref.uri, 'like', who, whom, what.uri)
  return ref
}
async function repost(who, whom, what) {
  const ref = await agents[who].repost(what.uri, what.cid)
  row(ref.uri, 'repost', who, whom, what.uri)
  return ref
}
async function follow(who, whom) {
  const ref = await agents[who].follow(dids[whom])
  row(ref.uri, 'follow', who, whom, '')
}

const first = await post('ann', 'the first')
const second = await post('ann', 'the second, with "quotes", commas and ünïcödé 🎈')
const third = await post('ann', 'tagged', { tags: ['Two Words'] }, 'two-words')
const bobs = await post('bob', "bob's own")
for (const who of ['bob', 'cat', 'dan', 'eve', 'fay']) await like(who, 'ann', first)
await sleep(1100) // acts of one pair within a second are twins
for (const who of ['bob', 'cat']) await like(who, 'ann', second)
await like('ann', 'bob', bobs)
await like('ann', 'ann', first) // on oneself
for (const who of ['bob', 'dan', 'gus']) await repost(who, 'ann', first)
await repost('cat', 'bob', bobs)
await sleep(1100)
await follow('bob', 'ann')
await follow('cat', 'ann')
const dans = await reply('dan', 'ann', first, 'well said')
await reply('ann', 'dan', dans, 'thank you', first)
await reply('dan', 'ann', await reply('ann', 'bob', bobs, 'a word to bob'), 'a word to both', bobs)
await sleep(1100)
await quote('eve', 'ann', second, 'look at this')
await quote('hal', 'ann', third, 'and at this', true)
await mention('fay', 'ann', 'have you seen this?')
await mention('ann', 'gus', 'you started it')
const gusLikes = await like('gus', 'ann', third)
const halLikes = await like('hal', 'ann', second)
const catReposts = await repost('cat', 'ann', first)
const evesReply = await reply('eve', 'bob', bobs, 'said too soon')
const again = await like('fay', 'bob', bobs)
await sleep(1100) // what is taken back within its own second stands (docs/scoring/acts.md)

await agents.gus.deleteLike(gusLikes.uri)
undo('gus', gusLikes)
await agents.hal.deleteLike(halLikes.uri)
undo('hal', halLikes)
await agents.cat.deleteRepost(catReposts.uri)
undo('cat', catReposts)
await agents.eve.deletePost(evesReply.uri)
undo('eve', evesReply)
await sleep(1100)
await like('hal', 'ann', second) // liked, un-liked, liked
await like('fay', 'bob', bobs) // a second like: the server deletes the first by itself
undo('fay', again)

// What stands for no act: a profile, a block, a changed record, a list.
await agents.ann.upsertProfile((profile) => ({ ...profile, displayName: 'Ann', description: 'writes here' }))
await agents.hal.app.bsky.graph.block.create({ repo: dids.hal }, { subject: dids.gus, createdAt: new Date().toISOString() })
await agents.bob.com.atproto.repo.putRecord({
  repo: dids.bob, collection: 'app.bsky.feed.post', rkey: bobs.uri.split('/').at(-1),
  record: { $type: 'app.bsky.feed.post', text: "bob's own, changed", createdAt: new Date().toISOString() },
})

const header = 'time,network,kind,actor,target,post,id,tags'
fs.writeFileSync(`${folder}/truth.csv`, [header, ...rows, ''].join('\n'))
fs.writeFileSync(`${folder}/accounts.json`, JSON.stringify(dids))
