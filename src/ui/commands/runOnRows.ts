import { workingOn } from '../doctor/errorSubjects.ts';
import { subjectOf } from '../doctor/subjects.ts';
import type { ExplorerNode } from '../explorer/node.ts';
import { fits, type CommandServices, type ObjectCommand, type TargetNode } from './command.ts';
import { runInBulk } from './runInBulk.ts';

/** Runs a command on rows of the tree; those that it is not for are left out. */
export async function runOnRows(
  command: ObjectCommand,
  rows: readonly ExplorerNode[],
  services: CommandServices,
): Promise<void> {
  const nodes = targetsAmong(rows, command.on);
  const [node] = nodes;
  if (nodes.length > 1 && command.bulk) await runInBulk(command.bulk, nodes, services);
  else if (node) await workingOn(subjectOf(node), () => command.run(node, services));
}

/** What a command is for among these rows. A heading that only shows the command for its host or cluster stands for that. */
export function targetsAmong(rows: readonly ExplorerNode[], on: ObjectCommand['on']): readonly TargetNode[] {
  return rows
    .map((row) => (standsForParent(row, on) ? row.parent : row))
    .filter((row) => row !== undefined)
    .filter((row) => fits(on, row));
}

function standsForParent({ kind }: ExplorerNode, { groups, sections, kinds }: ObjectCommand['on']): boolean {
  if (kind === 'group') return groups !== undefined;
  return kind === 'clusterSection' && sections !== undefined && !kinds.includes(kind);
}
