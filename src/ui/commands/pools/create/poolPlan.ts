import type { NewPool } from '../../../../operations/pools/newPool.ts';
import type { PlannedSecret } from './secretPlan.ts';

/** What building the pool would make on the host. */
export interface BuildPlan {
  readonly label: string;
  readonly detail?: string;
  /** Whether it is needed, as far as can be seen. */
  readonly picked: boolean;
  /** Flags of `PoolBuild`. */
  readonly flags: number;
  /** What is lost by it, for a modal; undefined when nothing is. */
  readonly loses?: string | undefined;
}

/** What the questions about a new pool have led to. */
export interface PoolPlan {
  readonly pool: NewPool;
  readonly build?: BuildPlan | undefined;
  /** With what it logs in. */
  readonly secret?: PlannedSecret | undefined;
}
