import { wizard } from '../../prompts/wizard.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { newPoolXml } from '../../../operations/pools/newPoolXml.ts';
import { confirm } from '../../prompts/confirm.ts';
import { showProblem } from '../../problems.ts';
import { objectCommand } from '../command.ts';
import { askSteps } from './create/askSteps.ts';
import { askType } from './create/askType.ts';
import { isAccessRight } from './create/confirmAccess.ts';
import type { PoolPlan } from './create/poolPlan.ts';
import { PoolSite } from './create/poolSite.ts';
import { ValueReader } from '../secrets/valueReader.ts';
import { provideSecret } from './create/secretPlan.ts';
import { reviewXml } from './create/reviewXml.ts';
import { setUp } from './create/setUp.ts';

export const createPoolCommand = objectCommand({
  id: 'libvirt.pool.create',
  on: { kinds: ['host'], traits: ['connected'], groups: ['pools'] },
  run: async (node, services) => {
    const host = node.name;
    const site = new PoolSite(node.host, services.registry.sessions);
    const reader = new ValueReader();
    try {
      const answers = await wizard(t('New Storage Pool on {0}', host), async (ask) => {
        const plan = await askType(ask, site, reader);
        return { plan, steps: await askSteps(ask, plan) };
      });
      if (!answers) return;
      const { plan, steps } = answers;
      const { name } = plan.pool;
      const build = steps.includes('build') ? plan.build : undefined;
      const loses = build?.loses;
      if (
        loses !== undefined &&
        !(await confirm(
          t('Overwrite what is there for the pool {0} on {1}?', name, host),
          loses,
          t('Overwrite'),
        ))
      )
        return;
      if (!(await isAccessRight(site, plan, services))) return;
      const { secret } = plan;
      const define = (xml: string): Promise<void> =>
        setUp(node, services, {
          provideSecret: secret && ((on, signal) => provideSecret(secret, on, signal)),
          setup: {
            ...{ name, xml, build: build?.flags },
            start: steps.includes('start'),
            autostart: steps.includes('autostart'),
          },
        });
      const xml = newPoolXml(plan.pool);
      if (!steps.includes('review')) await define(xml);
      else
        await reviewXml(xml, {
          ...{ question: reviewQuestion(plan, host), action: t('Define'), act: define },
          failed: (error) => {
            showProblem(error, services.log);
          },
        });
    } finally {
      await reader.wipe();
    }
  },
});

function reviewQuestion({ pool: { name }, secret }: PoolPlan, host: string): string {
  return sentences(
    t('Define the pool {0} on {1} with this XML?', name, host),
    secret?.make && t('Its secret is made at the same time.'),
  );
}
