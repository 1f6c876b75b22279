import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { newPoolXml } from '../../../operations/pools/newPoolXml.ts';
import type { HostNode } from '../../explorer/hostNode.ts';
import { showProblem } from '../../problems.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { ValueReader } from '../secrets/valueReader.ts';
import { askSteps, type PoolStep } from './create/askSteps.ts';
import { askType } from './create/askType.ts';
import { isAccessRight } from './create/confirmAccess.ts';
import type { PoolPlan } from './create/poolPlan.ts';
import { PoolSite } from './create/poolSite.ts';
import { reviewXml } from './create/reviewXml.ts';
import { provideSecret } from './create/secretPlan.ts';
import { setUp } from './create/setUp.ts';

export const createPoolCommand = objectCommand({
  id: 'libvirt.pool.create',
  on: { kinds: ['host'], traits: ['connected'], groups: ['pools'] },
  run: async (node, services) => {
    const site = new PoolSite(node.host, services.registry.sessions);
    const reader = new ValueReader();
    try {
      const answers = await wizard(t('New Storage Pool on {0}', node.name), async (ask) => {
        const plan = await askType(ask, site, reader);
        return { plan, steps: await askSteps(ask, plan) };
      });
      if (!answers) return;
      const { plan, steps } = answers;
      if (steps.includes('build') && !(await mayOverwrite(plan, node.name))) return;
      if (await isAccessRight(site, plan, services)) await carryOut(node, services, plan, steps);
    } finally {
      await reader.wipe();
    }
  },
});

async function mayOverwrite({ pool: { name }, build }: PoolPlan, host: string): Promise<boolean> {
  if (build?.loses === undefined) return true;
  const question = t('Overwrite what is there for the pool {0} on {1}?', name, host);
  return confirm(question, t('This is lost for good:\n{0}', build.loses), t('Overwrite'));
}

async function carryOut(
  node: HostNode,
  services: CommandServices,
  plan: PoolPlan,
  steps: readonly PoolStep[],
): Promise<void> {
  const { pool, build, secret } = plan;
  const define = (xml: string): Promise<void> =>
    setUp(node, services, {
      provideSecret: secret && ((on, signal) => provideSecret(secret, on, signal)),
      setup: {
        ...{ name: pool.name, xml, build: steps.includes('build') ? build?.flags : undefined },
        start: steps.includes('start'),
        autostart: steps.includes('autostart'),
      },
    });
  const xml = newPoolXml(pool);
  if (!steps.includes('review')) {
    await define(xml);
    return;
  }
  await reviewXml(xml, {
    ...{ question: reviewQuestion(plan, node.name), action: t('Define'), act: define },
    failed: (error) => {
      showProblem(error, services.log);
    },
  });
}

function reviewQuestion({ pool: { name }, secret }: PoolPlan, host: string): string {
  return sentences(
    t('Define the pool {0} on {1} with this XML?', name, host),
    secret?.make && t('Its secret is made at the same time.'),
  );
}
