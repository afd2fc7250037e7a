// A trace of the browser as if nobody else had used the processor: each task as long as its thread has worked, and what
// happened in it moved together in proportion. On a busy machine half of a task's time by the clock is waiting.

/** @param {{name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number}[]} events, changed in place */
export function in_processor_time(events) {
  const threads = new Map();
  for (const event of events) {
    const id = `${event.pid}:${event.tid}`;
    if (!threads.has(id)) threads.set(id, []);
    threads.get(id).push(event);
  }
  let shortened = 0;
  for (const thread of threads.values()) shortened += shorten_tasks(thread);
  return shortened;
}

function shorten_tasks(events) {
  const tasks = outermost(events.filter(({ name, ph, dur, tdur }) => name === 'RunTask' && ph === 'X' && dur > 0 && tdur !== undefined));
  events.sort((a, b) => a.ts - b.ts);
  let at = 0;
  for (const { ts: begin, dur, tdur } of tasks.map((task) => ({ ...task }))) {
    const share = Math.min(tdur / dur, 1), end = begin + dur;
    while (at < events.length && events[at].ts < begin) at += 1;
    for (; at < events.length && events[at].ts <= end; at += 1) {
      const event = events[at];
      event.ts = begin + (event.ts - begin) * share;
      if (event.dur !== undefined) event.dur *= share;
    }
  }
  return tasks.length;
}

/** Tasks that lie in no other one; in order. */
function outermost(tasks) {
  const found = [];
  for (const task of tasks.sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    const last = found.at(-1);
    if (!last || task.ts >= last.ts + last.dur) found.push(task);
  }
  return found;
}
