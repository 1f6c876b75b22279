import { t } from '../../../base/l10n.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import { formatBytes } from '../../../base/sizes.ts';

/** Progress is told as often. */
const everyMs = 200;
/** The rate is that of about the last seconds, so that a start or a pause does not weigh for ever. */
const memoryMs = 5000;
/** Before that a rate says nothing. */
const warmUpMs = 1000;

/** Counts bytes, and tells how far a transfer is: `120 MiB of 4 GiB · 85 MiB/s · 46 s left`. */
export class TransferProgress {
  readonly #total: number;
  readonly #report: ReportProgress;
  readonly #now: () => number;
  readonly #marks: { readonly at: number; readonly bytes: number }[];
  #bytes = 0;
  #toldAt = -Infinity;

  /** @param now milliseconds of any clock */
  constructor(total: number, report: ReportProgress, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#report = report;
    this.#now = now;
    this.#marks = [{ at: now(), bytes: 0 }];
  }

  add(bytes: number): void {
    this.at(this.#bytes + bytes);
  }

  /** All before this place is done. */
  at(bytes: number): void {
    this.#bytes = bytes;
    const now = this.#now();
    if (now - this.#toldAt < everyMs) return;
    this.#toldAt = now;
    this.#marks.push({ at: now, bytes });
    while (this.#marks.length > 2 && now - (this.#marks[0]?.at ?? now) > memoryMs) this.#marks.shift();
    this.#report({
      fraction: this.#total === 0 ? 1 : Math.min(1, bytes / this.#total),
      message: this.#text(now),
    });
  }

  #text(now: number): string {
    const [first] = this.#marks;
    const elapsed = now - (first?.at ?? now);
    const rate = elapsed < warmUpMs ? 0 : ((this.#bytes - (first?.bytes ?? 0)) / elapsed) * 1000;
    const parts = [t('{0} of {1}', formatBytes(this.#bytes), formatBytes(this.#total))];
    if (rate > 0) {
      parts.push(t('{0}/s', formatBytes(rate)));
      parts.push(t('{0} left', duration(Math.max(0, this.#total - this.#bytes) / rate)));
    }
    return parts.join(' · ');
  }
}

/** Seconds as a person reads them: `46 s`, `12 min`, `3 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return t('{0} s', Math.ceil(seconds));
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return t('{0} min', minutes);
  return t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}
