import { confirm, confirmAll } from '../../prompts/confirm.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';

/** What is asked before something is lost, of one domain and of several. */
export interface DomainQuestion {
  /** `Reset web1 on kvm1?` */
  readonly one: (name: string, host: string) => string;
  /** `Reset 12 domains?` */
  readonly several: (count: number) => string;
  readonly consequence: string;
  readonly action: string;
}

export function confirmDomains(
  nodes: readonly DomainNode[],
  { one, several, consequence, action }: DomainQuestion,
): Promise<boolean> {
  const [node] = nodes;
  return node && nodes.length === 1
    ? confirm(one(node.name, node.host.name), consequence, action)
    : confirmAll(nodes, several(nodes.length), consequence, action);
}
