/** Who is here. Everything else of the page hangs on it. */
import { ask, send, use_csrf, when_unauthorized } from '../api/client';
import type { Session } from '../api/types';
import { forget_everything, note_who, tell_worker } from './device';

class SessionState {
  current = $state.raw<Session | null>(null);
  /** The moment of the answers on show, where they come from this device. */
  kept_at = $state<string | null>(null);
  failed = $state<unknown>(null);

  get is_here(): boolean {
    return this.current !== null && this.current.role !== 'anonymous';
  }
  get is_operator(): boolean {
    return this.current?.role === 'operator';
  }
  get has_person(): boolean {
    return this.current?.person != null;
  }

  take(session: Session, kept_at: string | null = null): void {
    use_csrf(session.csrf);
    note_who(session.person != null);
    tell_worker({ say: 'who', login: session.role === 'anonymous' ? null : session.login });
    this.current = session;
    this.kept_at = kept_at;
    this.failed = null;
  }

  async load(): Promise<void> {
    try {
      const { data, kept_at } = await ask<Session>('/v1/session');
      this.take(data, kept_at);
    } catch (error) {
      this.failed = error;
    }
  }

  /** Ends the session here and at the server; what this device kept is gone even where the server is out of reach. */
  async end(): Promise<void> {
    await forget_everything();
    await send('DELETE', '/v1/session');
    location.replace('/log-in');
  }
}

export const session = new SessionState();

when_unauthorized(() => {
  if (!session.is_here) return;
  void forget_everything();
  void session.load();
});
