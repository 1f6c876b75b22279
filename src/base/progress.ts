/** How far a piece of work is. */
export interface Progress {
  /** 0 to 1; left out where nobody knows. */
  readonly fraction?: number | undefined;
  /** What it is at: `120 MiB of 4 GiB`, `web1`. */
  readonly message?: string | undefined;
}

/** Told again and again while work goes on. */
export type ReportProgress = (progress: Progress) => void;
