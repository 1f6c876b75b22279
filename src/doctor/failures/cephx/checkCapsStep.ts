import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { getCephUser } from '../../../ceph/cephUsers.ts';
import { capsInWords } from '../../../operations/cephUsers/capsInWords.ts';
import { reachesPool } from '../../../operations/connectPool/clientCaps.ts';
import type { PlanCluster } from '../../../operations/connectPool/poolConnection.ts';
import { monitorsArgv } from '../../../operations/plan/cephShell.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import type { RbdLogin } from '../reach/rbdLogins.ts';

/** That a login may read tells nothing of writing: so Ceph is asked. */
export function checkCapsStep(
  { client, shell }: PlanCluster,
  user: string,
  { place: { pool, namespace } }: Pick<RbdLogin, 'place'>,
): PlanStep {
  const entity = `client.${user}`;
  return {
    title: t('Check that {0} may write there', entity),
    host: shell,
    commands: [{ argv: monitorsArgv(client.access, ['auth', 'get', entity]), output: '/dev/null' }],
    run: async (options) => {
      const caps = (await getCephUser(client, entity, options))?.caps ?? new Map<string, string>();
      if (!reachesPool(caps, pool, namespace)) throw new CapsProblem(entity, capsInWords(caps));
    },
  };
}

class CapsProblem extends Problem {
  readonly code = 'too-narrow';

  constructor(entity: string, words: string) {
    super(t('The capabilities of {0} do not suffice: {1}', entity, words));
  }
}
