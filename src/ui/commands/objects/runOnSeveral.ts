import { t } from '../../../base/l10n.ts';
import { wizard } from '../../prompts/wizard.ts';
import type { Choice } from '../../prompts/askPick.ts';
import {
  fits,
  isObjectCommand,
  type CommandServices,
  type GlobalCommand,
  type ObjectCommand,
  type TargetNode,
} from '../command.ts';
import type { ExplorerRow } from '../../explorer/explorer.ts';
import { objectsOn } from '../pickObject.ts';
import { runInBulk } from '../runInBulk.ts';

interface Verb {
  readonly command: ObjectCommand & Required<Pick<ObjectCommand, 'bulk'>>;
  readonly nodes: readonly TargetNode[];
}

/** Any verb that can be done to several objects, done to those that are ticked in a list that can be filtered by typing. */
export const runOnSeveralCommand: GlobalCommand = {
  id: 'libvirt.runOnSeveral',
  run: async (services) => {
    const ticked = await tickedBefore(services);
    const answer = await wizard(t('Run on Several Objects'), async (ask) => {
      const verb = await ask.pick<Verb>({
        placeholder: t('What is to be done?'),
        choices: () => verbs(services),
      });
      const nodes = await ask.pickMany<TargetNode>({
        placeholder: t('Type to filter by name, state or host; tick what it is to be done to'),
        choices: verb.nodes.map(choiceOf),
        preselected: (node) => ticked.has(node),
        refusal: ({ length }) => (length === 0 ? t('nothing is ticked yet') : undefined),
      });
      return { verb, nodes };
    });
    if (answer) await runInBulk(answer.verb.command.bulk, answer.nodes, services);
  },
};

/** What is selected, and what the tree's filter finds. */
async function tickedBefore({ explorer }: CommandServices): Promise<ReadonlySet<ExplorerRow>> {
  const connected = explorer.hosts.filter(({ host }) => host.connected);
  const groups = await Promise.all(connected.map((host) => host.groups()));
  const found = groups.flatMap((rows) => Object.values(rows)).flatMap((group) => group.found());
  return new Set<ExplorerRow>([...explorer.view.selection, ...found]);
}

/** The verbs that can be done to something now, each with what it can be done to. */
async function verbs({ explorer, titleOf }: CommandServices): Promise<readonly Choice<Verb>[]> {
  // The table lists this command too.
  const [{ commandTable }, ...objects] = await Promise.all([
    import('../commandTable.ts'),
    ...explorer.hosts.map(objectsOn),
  ]);
  return commandTable.filter(isObjectCommand).flatMap(({ bulk, ...command }) => {
    const nodes = objects.flat().filter((node) => fits(command.on, node));
    if (!bulk || nodes.length === 0) return [];
    const value: Verb = { command: { ...command, bulk }, nodes };
    return [{ label: titleOf(command.id), description: t('possible for {0}', nodes.length), value }];
  });
}

function choiceOf(node: TargetNode): Choice<TargetNode> {
  const { description } = node.item();
  return {
    label: node.name,
    description: typeof description === 'string' ? description : undefined,
    detail: node.kind === 'host' ? undefined : node.host.name,
    value: node,
  };
}
