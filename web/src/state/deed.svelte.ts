/** Something the visitor does: it is under way, it failed with a sentence, or it is done. */
import { random_key } from '../api/client';

export class Deed {
  busy = $state(false);
  done = $state(false);
  error = $state.raw<unknown>(null);
  #key = random_key();

  /** Runs `act` unless it is already running. Tries of the same wish share one idempotency key until one succeeds. */
  async run(act: (key: string) => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.done = false;
    this.error = null;
    try {
      await act(this.#key);
      this.done = true;
      this.#key = random_key();
      return true;
    } catch (error) {
      this.error = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
