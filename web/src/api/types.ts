/** What the server answers (docs/api.md). A number that is not known is null, never 0. */

export type Role = 'anonymous' | 'person' | 'operator';

export interface Session {
  role: Role;
  login: string | null;
  person: string | null;
  name: string | null;
  csrf: string | null;
  locale: string | null;
  version: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type SourceState = 'current' | 'partial' | 'stale' | 'unread' | 'none';

export interface Source {
  state: SourceState;
  since: string | null;
  problem: string | null;
}

export interface Account {
  network: string;
  account: string;
  proofs: string[];
  source?: Source;
}

export interface Person {
  id: string;
  name: string;
  accounts: Account[];
  is_public: boolean;
  verified: boolean;
}

export interface Proof {
  enrolment?: string | null;
  text: string;
  ways: { method: string; words: string; value: string }[];
  expires: string;
}

export interface ProofCheck {
  proven: boolean;
  words: string;
  problems?: string[];
}

export interface Card {
  state: 'scored' | 'unscored' | 'not_enough_data';
  score: number | null;
  low: number | null;
  high: number | null;
  vouched_score: number | null;
  bound_score: number | null;
  percentile: number | null;
  percentile_here: number | null;
  coverage: number | null;
  raw: number | null;
  reach: number | null;
  amplification: number | null;
  interactions: number | null;
  model: string | null;
  as_of: string | null;
  protection: 'verified' | 'unprotected' | null;
  missing: number | null;
  stale: { network: string; since: string }[];
  hidden: boolean;
  change: { day: number | null; week: number | null; month: number | null } | null;
}

/** Numbers of a card without a word of what they are: both sides of a change. */
export type Numbers = Partial<Card>;

export interface Moment {
  id: string;
  day: string;
  post: string | null;
  network: string;
  kind: 'post' | 'account';
  url: string | null;
  text: string | null;
  part: number;
  points: number | null;
  engagers: number;
}

export interface HistoryPoint {
  day: string;
  score: number | null;
  low: number | null;
  high: number | null;
  model: string;
}

export interface History {
  points: HistoryPoint[];
  models: { from: string; model: string }[];
}

export interface Reason {
  code: string;
  part: number | null;
  points: number | null;
  count?: number;
  about?: string | null;
  words: string;
}

export interface Reasons {
  raises: Reason[];
  limits: Reason[];
}

export interface Change {
  since: string;
  before: Numbers;
  after: Numbers;
  reasons: { code: string; part: number; engagers: number; words: string }[];
}

export interface LedgerLine {
  id: string;
  network: string;
  account: string;
  engager: string;
  post: string | null;
  kind: string;
  day: string;
  tags: string[];
  verified: boolean;
  part: number;
  points_lost: number | null;
}

export interface NetworkPart {
  network: string;
  part: number;
  share: number | null;
  points: number | null;
  engagers: number;
  source?: Source;
}

export interface Subscore {
  value: number | null;
  points: number | null;
  words: string;
}

export interface Subscores {
  reach: Subscore;
  amplification: Subscore;
  network: Subscore;
}

export interface Peer {
  id: string;
  person: string | null;
  name: string | null;
  part: number;
  x: number;
  y: number;
}

export interface Influence {
  influencers: Peer[];
  influenced: Peer[];
  influencers_count: number;
  influenced_count: number;
}

export interface Topic {
  topic: string;
  part: number;
  share?: number;
  points: number | null;
  engagers: number;
}

export interface Finding {
  code: string;
  words: string;
  accounts?: string[];
}

export interface Lookup {
  time: string;
  asker: string;
  purpose: string;
  outcome: string;
}

export interface Consent {
  id: string;
  asker: string | null;
  purpose: string | null;
  given: string;
  withdrawn?: string | null;
}

export interface Preferences {
  is_public: boolean;
  on_board: boolean;
  score_hidden: boolean;
  digest: 'weekly' | 'daily' | 'none';
  opted_out: boolean;
  locale: string | null;
  time_zone: string | null;
  notify_move?: number | null;
}

export interface WhatIf {
  before: Numbers;
  after: Numbers;
}

export interface Compared {
  person: Person;
  card: Card;
  history: History;
}

export interface Placed {
  rank: number;
  person: Person;
  card: Card;
}

export interface OpenSession {
  id: string;
  device: string;
  created: string;
  last_used: string | null;
  is_this: boolean;
}

export interface ApiKey {
  id: string;
  name: string;
  prefix: string | null;
  scopes: string[];
  organisation: string | null;
  purpose: string | null;
  created: string;
  last_used: string | null;
  expires: string | null;
  revoked?: string | null;
  key?: string;
}

export interface Webhook {
  id: string;
  url: string;
  threshold: number;
  state: string | null;
  problem: string | null;
  created: string | null;
  secret?: string;
}

export interface Delivery {
  id: string;
  time: string;
  status: number | null;
  attempt: number;
  words?: string;
}

export interface Push {
  public_key: string;
  items: { id: string; created: string; name: string | null; endpoint?: string }[];
}

export interface Invitation {
  id: string;
  name: string;
  created: string;
  expires: string;
}

export interface MadeLink {
  id: string;
  url: string;
  expires: string;
}

export interface OpenInvitation {
  from: string;
  name: string;
  expires: string;
}

export interface LogInNetwork {
  network: string;
  needs: 'server' | 'handle' | 'none';
}

export interface Run {
  id: string;
  as_of: string;
  model: string;
  protection: 'verified' | 'unprotected';
  observed_verified_share: number;
  published: string;
  rows: number;
  people: number;
  scored: number;
  seconds: number;
}

export interface InstanceState {
  people: number;
  sources: number;
  run: Run | null;
  job: { name: string; stage: string; done: number; total: number } | null;
  next_sync: string | null;
  reasons_ready: boolean;
  warnings: string[];
}

export interface Backups {
  is_on: boolean;
  is_running: boolean;
  problem: string | null;
  next: string | null;
  items: { name: string; made: string; size_bytes: number }[];
}

export interface AdminSource extends Source {
  name: string;
  connector: string;
  network: string;
  account: string | null;
  server: string | null;
  rows: number;
}

export interface Member {
  id: string;
  name: string;
  basis: string;
  verified: string | null;
  inviter: string | null;
  cut: boolean;
  accounts: string[];
  scored: boolean;
}

export interface Farm {
  id: string;
  engagers: number;
  targets: number;
  density: number;
  reference_density: number;
  pardoned?: boolean;
  accounts: { account: string; targets: number; lockstep: number; share: number; first: string; latest: string }[];
}

export interface Appeal {
  id: string;
  person: string;
  name: string | null;
  words: string;
  time: string;
  state: 'open' | 'accepted' | 'refused';
  answer: string | null;
}

export interface LogIn {
  id: string;
  name: string;
  role: Role;
  person: string | null;
  has_password: boolean;
  created: string;
}

export interface AuditLine {
  time: string;
  by: string | null;
  what: string;
  login: string | null;
  detail: string;
}
