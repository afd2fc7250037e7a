/** What the server answers to one path: on its way, here, or failed. */
import { ask, query } from '../api/client';
import type { Page } from '../api/types';

export class Resource<T> {
  data = $state.raw<T | null>(null);
  error = $state.raw<unknown>(null);
  kept_at = $state<string | null>(null);
  #asked = 0;

  constructor(private readonly path: string | (() => string)) {
    void this.load();
  }

  /** Asks (again). An answer that was overtaken by a later question is thrown away. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    try {
      const answer = await ask<T>(typeof this.path === 'string' ? this.path : this.path());
      if (asked !== this.#asked) return;
      this.data = answer.data;
      this.kept_at = answer.kept_at;
    } catch (error) {
      if (asked === this.#asked) this.error = error;
    }
  }
}

/** A list that comes in pages: `more()` brings the next. */
export class PagedResource<T> {
  items = $state.raw<T[]>([]);
  next = $state<string | null>(null);
  loaded = $state(false);
  busy = $state(false);
  error = $state.raw<unknown>(null);
  #asked = 0;

  constructor(
    private readonly path: string,
    private readonly values: () => Record<string, string | number | null> = () => ({}),
  ) {
    void this.load();
  }

  async load(): Promise<void> {
    this.loaded = false;
    this.items = [];
    this.next = null;
    await this.#bring();
  }

  async more(): Promise<void> {
    if (this.next !== null && !this.busy) await this.#bring();
  }

  async #bring(): Promise<void> {
    const asked = ++this.#asked;
    this.busy = true;
    this.error = null;
    try {
      const { data } = await ask<Page<T>>(this.path + query({ ...this.values(), cursor: this.next }));
      if (asked !== this.#asked) return;
      this.items = [...this.items, ...data.items];
      this.next = data.next ?? null;
      this.loaded = true;
    } catch (error) {
      if (asked === this.#asked) this.error = error;
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }
}
