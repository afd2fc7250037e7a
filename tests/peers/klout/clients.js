// The calls of two old clients of Klout's API, which ask http://api.klout.com and nothing else.
// Arguments: key, Klout's id, name on Twitter, id on Facebook. Prints {"name of a call": its answer or {"failed":...}}.
"use strict";
const NodeKlout = require("node_klout");
const klout = require("klout");

const [key, id, name, facebook] = process.argv.slice(2);
const client = new NodeKlout(key);
klout.configure(key);

const calls = {
  "node_klout identity by name": (done) => client.getKloutIdentity(name, done),
  "node_klout identity by name and network": (done) => client.getKloutIdentity(name, "tw", done),
  "node_klout identity by facebook": (done) => client.getKloutIdentity(facebook, "fb", done),
  "node_klout user": (done) => client.getUser(id, done),
  "node_klout score": (done) => client.getUserScore(id, done),
  "node_klout topics": (done) => client.getUserTopics(id, done),
  "node_klout influence": (done) => client.getUserInfluence(id, done),
  "node_klout handle": (done) => client.getUserNetworkHandle(id, done),
  "node_klout single": (done) => client.getSingleKlout(name, done),
  "klout score": (done) => klout.getKlout(name, done),
  "klout show": (done) => klout.getShow(name, done),
  "klout topics": (done) => klout.getTopics(name, done),
  "klout influenced by": (done) => klout.getInfluencedBy(name, done),
  "klout influencer of": (done) => klout.getInfluencerOf(name, done),
};

async function main() {
  const answers = {};
  for (const [what, call] of Object.entries(calls)) {
    answers[what] = await new Promise((resolve) =>
      call((error, answer) => resolve(error ? { failed: error.message } : answer)));
  }
  console.log(JSON.stringify(answers));
}

main();
