// Two ActivityPub servers by Fedify, which show what they have to signed requests alone.
//
//     node server.mjs PORT_OF_ANN PORT_OF_BOB
//
// Ann wrote a note that Bob liked, Cat reposted and Bob answered, and announced a note of Bob's. POST /send?to=ACTOR&inbox=INBOX
// at Ann's server sends a Like, signed by Ann. "ready" on standard output once both listen.
import { createServer } from "node:http";
import { Temporal } from "@js-temporal/polyfill";
import {
  Announce, Collection, Create, Endpoints, Follow, Like, Mention, MemoryKvStore, Note, Person, PUBLIC_COLLECTION,
  createFederation, generateCryptoKeyPair,
} from "@fedify/fedify";

const [portOfAnn, portOfBob] = process.argv.slice(2).map(Number);
const ann = `http://127.0.0.1:${portOfAnn}`;
const bob = `http://127.0.0.1:${portOfBob}`;
const at = (text) => Temporal.Instant.from(text);

const noteOfBob = (id, more) => new Note({
  id: new URL(`${bob}/notes/${id}`), attribution: new URL(`${bob}/users/bob`), to: PUBLIC_COLLECTION,
  published: at("2024-05-02T10:00:00Z"), content: "<p>yes</p>", ...more,
});
const noteOfAnn = () => new Note({
  id: new URL(`${ann}/notes/1`), attribution: new URL(`${ann}/users/ann`), to: PUBLIC_COLLECTION,
  published: at("2024-05-01T10:00:00Z"), content: "<p>Owls are <em>back</em></p>",
  likes: new Collection({
    id: new URL(`${ann}/notes/1/likes`), totalItems: 1,
    items: [new Like({ id: new URL(`${bob}/likes/1`), actor: new URL(`${bob}/users/bob`), object: new URL(`${ann}/notes/1`) })],
  }),
  shares: new Collection({
    id: new URL(`${ann}/notes/1/shares`), totalItems: 1,
    items: [new Announce({
      id: new URL(`${bob}/shares/1`), actor: new URL(`${bob}/users/cat`), object: new URL(`${ann}/notes/1`),
      published: at("2024-05-03T10:00:00Z"),
    })],
  }),
  replies: new Collection({ id: new URL(`${ann}/notes/1/replies`), items: [new URL(`${bob}/notes/5`)] }),
});

const notes = {
  [ann]: { 1: noteOfAnn },
  [bob]: {
    5: () => noteOfBob(5, {
      replyTarget: new URL(`${ann}/notes/1`), tags: [new Mention({ href: new URL(`${ann}/users/ann`), name: "@ann" })],
    }),
    4: () => noteOfBob(4, {}),
  },
};
const outboxes = {
  [ann]: [
    () => new Announce({
      id: new URL(`${ann}/announces/1`), actor: new URL(`${ann}/users/ann`), object: new URL(`${bob}/notes/4`),
      to: PUBLIC_COLLECTION, cc: new URL(`${bob}/users/bob`), published: at("2024-05-03T11:00:00Z"),
    }),
    () => new Create({
      id: new URL(`${ann}/creates/1`), actor: new URL(`${ann}/users/ann`), object: noteOfAnn(), to: PUBLIC_COLLECTION,
      published: at("2024-05-01T10:00:00Z"),
    }),
  ],
  [bob]: [],
};

function federationAt(origin) {
  const federation = createFederation({ kv: new MemoryKvStore(), allowPrivateAddress: true });
  const keys = new Map();  // one promise a name: two pairs would make every signature fail
  const pairsOf = (name) => {
    if (!keys.has(name)) {
      keys.set(name, Promise.all([generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), generateCryptoKeyPair("Ed25519")]));
    }
    return keys.get(name);
  };
  const isSigned = (_context, _values, _key, owner) => owner != null;
  federation.setActorDispatcher("/users/{identifier}", async (context, name) => {
    const pairs = await context.getActorKeyPairs(name);
    return new Person({
      id: context.getActorUri(name), preferredUsername: name, name: name.toUpperCase(), summary: "<p>#nobot</p>",
      inbox: context.getInboxUri(name), outbox: context.getOutboxUri(name), followers: context.getFollowersUri(name),
      endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
      publicKey: pairs[0].cryptographicKey, assertionMethods: pairs.map((pair) => pair.multikey), discoverable: true,
    });
  }).setKeyPairsDispatcher((_context, name) => pairsOf(name)).authorize(isSigned);
  federation.setInboxListeners("/users/{identifier}/inbox", "/inbox").on(Follow, () => {});
  federation.setFollowersDispatcher("/users/{identifier}/followers", () => ({
    items: [{ id: new URL(`${bob}/users/bob`), inboxId: new URL(`${bob}/users/bob/inbox`) }],
  })).authorize(isSigned);
  // One activity a page, so that there are several.
  federation.setOutboxDispatcher("/users/{identifier}/outbox", (_context, _name, cursor) => {
    const index = Number(cursor), all = outboxes[origin];
    return { items: all.slice(index, index + 1).map((make) => make()), nextCursor: index + 1 < all.length ? `${index + 1}` : null };
  }).setFirstCursor(() => "0").setCounter(() => outboxes[origin].length).authorize(isSigned);
  federation.setObjectDispatcher(Note, "/notes/{id}", (_context, values) => notes[origin][values.id]?.() ?? null)
    .authorize(isSigned);
  return federation;
}

async function send(federation, url) {
  const context = federation.createContext(new URL(ann), undefined);
  await context.sendActivity({ identifier: "ann" },
    { id: new URL(url.searchParams.get("to")), inboxId: new URL(url.searchParams.get("inbox")) },
    new Like({ id: new URL(`${ann}/likes/9`), actor: context.getActorUri("ann"), object: new URL(url.searchParams.get("to")) }));
}

function listen(origin, port) {
  const federation = federationAt(origin);
  return new Promise((done) => createServer(async (request, answer) => {
    const url = new URL(request.url, origin);
    if (url.pathname === "/send") {
      await send(federation, url);
      return answer.end("sent");
    }
    const response = await federation.fetch(new Request(url, { method: request.method, headers: request.headers }),
      { contextData: undefined });
    answer.writeHead(response.status, Object.fromEntries(response.headers));
    answer.end(Buffer.from(await response.arrayBuffer()));
  }).listen(port, "127.0.0.1", done));
}

await Promise.all([listen(ann, portOfAnn), listen(bob, portOfBob)]);
console.log("ready");
