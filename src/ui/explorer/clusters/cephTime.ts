import { timeText } from '../objects/snapshotWords.ts';

/** A time that Ceph writes (`Fri Nov 20 11:34:28 2026`, by the clock of the host), as people of the display language do. */
export function cephTimeText(time: string): string {
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? time : timeText(new Date(parsed));
}
