/** What the server answers (docs/api.md). A number that is not known is null, never 0. */

export type Role = 'anonymous' | 'person' | 'operator';

export interface Session {
  role: Role;
  login: string | null;
  person: string | null;
  name: string | null;
  csrf: string | null;
  locale: string | null;
  features: { push?: boolean; log_in?: string[] };
  version: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type SourceState = 'current' | 'partial' | 'stale' | 'none';

export interface Source {
  state: SourceState;
  since: string | null;
  problem: string | null;
}

export interface Account {
  network: string;
  account: string;
  proofs: string[];
  source: Source;
}

export interface Person {
  id: string;
  name: string;
  accounts: Account[];
  is_public: boolean;
  verified: boolean;
  can_log_in: boolean;
}

export interface Proof {
  enrolment: string | null;
  text: string;
  ways: { method: string; words: string; value: string }[];
  expires: string;
}

export interface ProofCheck {
  proven: boolean;
  words: string;
  evidence: unknown[];
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
  words: string[];
  hidden: boolean;
  change: { day: number | null; week: number | null; month: number | null } | null;
}

export interface Moment {
  id: string;
  day: string;
  post: string | null;
  network: string;
  kind: 'post' | 'account';
  part: number;
  points: number | null;
  engagers: number;
  words: string;
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
  moments: Moment[];
}

export interface Reason {
  code: string;
  part: number | null;
  points: number | null;
  words: string;
}

export interface Reasons {
  raises: Reason[];
  limits: Reason[];
}

export interface Change {
  since: string;
  before: Card;
  after: Card;
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
  source: Source;
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
  points: number | null;
  engagers: number;
}

export interface Finding {
  code: string;
  words: string;
  accounts: string[];
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
}

export interface Preferences {
  is_public: boolean;
  on_board: boolean;
  score_hidden: boolean;
  digest: 'weekly' | 'daily' | 'none';
  opted_out: boolean;
  locale: string | null;
  time_zone: string | null;
  emails: number;
  notify_move: number | null;
}

export interface WhatIf {
  before: Card;
  after: Card;
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
  name: string | null;
  created: string;
  last_used: string;
  current: boolean;
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
  used?: boolean;
  url?: string;
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
  published: string | null;
  rows: number;
  people: number;
  seconds: number;
  outcome: string;
}

export interface InstanceState {
  people: number;
  scored: number;
  rows: number;
  run: Run | null;
  job: { stage: string; done: number; total: number } | null;
  next_run: string | null;
  protection: 'verified' | 'unprotected';
  warnings: string[];
}

export interface AdminSource {
  id?: string;
  name: string;
  network: string;
  account: string;
  state: SourceState;
  since: string | null;
  problem: string | null;
  rows: number;
}

export interface Farm {
  id: string;
  words: string;
  engagers: number;
  targets: number;
  from: string | null;
  to: string | null;
  pardoned: boolean;
  evidence: { words: string }[];
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
  created: string;
  last_used: string | null;
  url?: string;
}

export interface AuditLine {
  time: string;
  who: string;
  words: string;
}
