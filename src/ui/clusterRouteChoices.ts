import type * as vscode from 'vscode';
import type { RouteChoice, RouteChoices } from '../hosts/clusters/clusterRoute.ts';

const stateKey = 'ceph.routes';

/** The ways to Ceph clusters that a person has chosen, kept for all windows. */
export class ClusterRouteChoices implements RouteChoices {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  get(clusterId: string): RouteChoice | undefined {
    const kept = this.#all()[clusterId];
    return isChoice(kept) ? kept : undefined;
  }

  set(clusterId: string, choice: RouteChoice | undefined): void {
    const others = Object.entries(this.#all()).filter(([id]) => id !== clusterId);
    const all = choice ? [...others, [clusterId, choice]] : others;
    void this.#state.update(stateKey, Object.fromEntries(all));
  }

  #all(): Readonly<Record<string, unknown>> {
    return this.#state.get<Readonly<Record<string, unknown>>>(stateKey) ?? {};
  }
}

function isChoice(kept: unknown): kept is RouteChoice {
  return typeof kept === 'object' && kept !== null && 'host' in kept && 'clientId' in kept;
}
