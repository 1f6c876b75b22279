import { t } from '../../../base/l10n.ts';

/** A pattern of requests. Sizes in bytes. */
export interface SpeedTest {
  readonly key: 'writeLarge' | 'readLarge' | 'writeSmall' | 'readSmall';
  readonly title: () => string;
  readonly isWrite: boolean;
  readonly requestBytes: number;
  /** From the beginning of one request to that of the next; at the end it goes on from the beginning. */
  readonly stepBytes: number;
  /** So many requests are under way at once. */
  readonly depth: number;
  readonly count: number;
  readonly maxCount: number;
  /** What the result is told in. */
  readonly unit: 'bytes' | 'requests';
}

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** What is written and read: small enough not to be in anybody's way, larger than what disks keep in their caches. */
export const scratchBytes = 256 * mebibyte;

const large = {
  requestBytes: 4 * mebibyte,
  stepBytes: 4 * mebibyte,
  depth: 4,
  count: scratchBytes / (4 * mebibyte),
  maxCount: 1024,
  unit: 'bytes',
} as const;

/** A step that is no multiple of an object's size sends each request to another object, as random requests go. */
const small = {
  requestBytes: 4 * kibibyte,
  stepBytes: 9 * mebibyte + 4 * kibibyte,
  depth: 16,
  count: 1000,
  maxCount: 50_000,
  unit: 'requests',
} as const;

/** In their order: the first one writes all that the others read. */
export const speedTests: readonly SpeedTest[] = [
  { key: 'writeLarge', title: () => t('Writing, 4 MiB in a row'), isWrite: true, ...large },
  { key: 'readLarge', title: () => t('Reading, 4 MiB in a row'), isWrite: false, ...large },
  { key: 'readSmall', title: () => t('Reading, 4 KiB scattered'), isWrite: false, ...small },
  { key: 'writeSmall', title: () => t('Writing, 4 KiB scattered'), isWrite: true, ...small },
];

export interface Speed {
  readonly test: SpeedTest;
  readonly bytesPerSecond: number;
  readonly requestsPerSecond: number;
}
