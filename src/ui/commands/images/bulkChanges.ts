import type { RbdPlace } from '../../../ceph/rbd.ts';
import type { ClusterRow } from '../../explorer/clusters/clusterRow.ts';
import { imagesChanged } from '../clusters/onCluster.ts';
import type { CommandServices } from '../command.ts';
import { placeName } from './askImage.ts';

const quietMs = 500;

/** Tells of changed images once a place has been quiet for a moment: not after each of a hundred. */
export class BulkChanges {
  readonly #services: CommandServices;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(services: CommandServices) {
    this.#services = services;
  }

  changed(row: ClusterRow, place: RbdPlace): void {
    const key = `${row.cluster.id} ${placeName(place)}`;
    clearTimeout(this.#timers.get(key));
    const timer = setTimeout(() => {
      imagesChanged(row, place, this.#services);
    }, quietMs);
    this.#timers.set(key, timer);
  }
}
