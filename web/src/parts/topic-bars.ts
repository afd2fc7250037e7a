import type { Topic } from '../api/types';
import { number, percent } from '../text/format';
import { t } from '../text/text.svelte';
import type { Bar } from './Bars.svelte';

/** Topics as bars: each as long as its part of the largest, beside it its share of all. */
export function topic_bars(topics: readonly Topic[]): Bar[] {
  const sum = topics.reduce((all, topic) => all + topic.part, 0);
  const most = Math.max(...topics.map((topic) => topic.part), 1e-9);
  return [...topics]
    .sort((a, b) => b.part - a.part)
    .map((topic) => ({
      id: topic.topic,
      name: topic.topic === '' ? t('topics.none') : topic.topic,
      share: topic.part / most,
      value: percent(sum > 0 ? topic.part / sum : null),
      words: t('topics.words', { engagers: topic.engagers, part: number(topic.part, 1) }),
    }));
}
