import { t } from '../../../../base/l10n.ts';
import { formatBytes } from '../../../../base/sizes.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import type { DiskMove } from '../../../../operations/moveDisk/moveOrder.ts';
import { freeSpace, takenNames, type TargetPool } from '../../../../operations/moveDisk/moveTarget.ts';
import { nameOfSource } from '../../../../operations/moveDisk/moveWords.ts';
import { proposeImageName } from '../../../../operations/moveDisk/proposeName.ts';
import type { MovableDisk } from '../../../../operations/moveDisk/readMovableDisk.ts';
import { domainNameRefusal } from '../../../../operations/newDomain/domainName.ts';
import { refuseVolumeName } from '../../../../operations/volumes/poolOffer.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import { domainNamesOn } from '../../domains/domainNames.ts';
import { askBandwidth } from '../askBandwidth.ts';
import type { Direction, DiskToMove, Moving } from './readMoving.ts';

type Option = 'compare' | 'renewAddress';

export interface MoveAnswers {
  readonly moves: readonly DiskMove[];
  /** What is known of the disks that are moved, a sentence each. */
  readonly remarks: readonly string[];
  /** The name of a clone that gets the copies; undefined: the domain itself does. */
  readonly clone: string | undefined;
  readonly options: ReadonlySet<Option>;
  readonly bandwidth: number;
}

/** Asks the questions, and reads what they need once, however often somebody goes back. */
export class MoveQuestions {
  readonly #host: HostSession;
  readonly #moving: Moving;
  readonly #direction: Direction;
  readonly #taken = new Map<string, Promise<ReadonlySet<string>>>();
  #pools: Promise<readonly Choice<TargetPool>[]> | undefined;

  constructor(host: HostSession, moving: Moving, direction: Direction) {
    this.#host = host;
    this.#moving = moving;
    this.#direction = direction;
  }

  async ask(ask: Ask, isOfDomain: boolean): Promise<MoveAnswers> {
    const { active } = this.#moving;
    const disks = isOfDomain ? await this.#askDisks(ask) : this.#moving.disks;
    const pool = await this.#askPool(ask);
    const format = this.#direction === 'rbd' ? 'raw' : await askFormat(ask);
    const moves: DiskMove[] = [];
    for (const { disk } of disks) {
      if (!disk) continue;
      const name = await this.#askName(ask, disk, pool, format, new Set(moves.map(({ to }) => to.name)));
      moves.push({ disk, to: { ...pool, name, format } });
    }
    const remarks = disks.flatMap((one) => one.remarks);
    if (active)
      return { moves, remarks, clone: undefined, options: new Set(), bandwidth: await askBandwidth(ask) };
    const clone = await this.#askClone(ask);
    return { moves, remarks, clone, options: new Set(await askOptions(ask)), bandwidth: 0 };
  }

  #askDisks(ask: Ask): Promise<readonly DiskToMove[]> {
    const isThere = ({ disk }: DiskToMove): boolean =>
      (disk?.source?.kind === 'rbd' || disk?.image?.kind === 'rbd') === (this.#direction === 'rbd');
    return ask.pickMany<DiskToMove>({
      placeholder: t('Which disks?'),
      choices: this.#moving.disks.map((value) => ({
        label: value.target,
        description: value.disk && `${nameOfSource(value.disk)} · ${formatBytes(value.disk.size)}`,
        detail: value.obstacle,
        isUnavailable: value.disk === undefined,
        value,
      })),
      preselected: (one) => one.disk !== undefined && !isThere(one),
      refusal: (chosen) => {
        if (chosen.length === 0) return t('Choose at least one.');
        return chosen.find(({ obstacle }) => obstacle !== undefined)?.obstacle;
      },
    });
  }

  async #askPool(ask: Ask): Promise<TargetPool> {
    const [only, ...others] = this.#moving.pools;
    if (only && others.length === 0) return only;
    return ask.pick({
      placeholder: t('Move into which pool?'),
      choices: () => (this.#pools ??= this.#poolChoices()),
    });
  }

  #poolChoices(): Promise<readonly Choice<TargetPool>[]> {
    return Promise.all(
      this.#moving.pools.map(async (pool): Promise<Choice<TargetPool>> => {
        const free = await freeSpace(this.#moving.machine, pool).catch(() => undefined);
        const { model, ref } = pool.offer;
        const where = model.type === 'rbd' ? model.sourceName : model.targetPath;
        return {
          label: ref.name,
          description: [where, free && t('{0} free', formatBytes(free.bytes))]
            .filter((word) => word !== undefined)
            .join(' · '),
          value: pool,
        };
      }),
    );
  }

  async #askName(
    ask: Ask,
    disk: MovableDisk,
    pool: TargetPool,
    format: string,
    others: ReadonlySet<string>,
  ): Promise<string> {
    const { ref, model } = pool.offer;
    const taken = new Set([...(await this.#takenIn(pool)), ...others]);
    const { target } = disk.disk;
    const extension = this.#direction === 'rbd' ? '' : format === 'qcow2' ? '.qcow2' : '.img';
    return ask.text({
      prompt:
        this.#direction === 'rbd'
          ? t('The name of the RBD image for {0} in {1}.', target, model.sourceName ?? ref.name)
          : t('The name of the file for {0} in the pool {1}.', target, ref.name),
      value: proposeImageName(this.#moving.domain.name, target, extension, taken),
      refusal: (given) => refuseVolumeName(given, model.type, taken),
    });
  }

  #takenIn(pool: TargetPool): Promise<ReadonlySet<string>> {
    const { uuid } = pool.offer.ref;
    const known = this.#taken.get(uuid);
    if (known) return known;
    const reading = takenNames(this.#moving.machine, pool);
    reading.catch(() => this.#taken.delete(uuid));
    this.#taken.set(uuid, reading);
    return reading;
  }

  async #askClone(ask: Ask): Promise<string | undefined> {
    const { name } = this.#moving.domain;
    if (!this.#moving.persistent) return undefined;
    const isClone = await ask.pick({
      placeholder: t('What gets the copies?'),
      choices: [
        {
          label: t('{0} itself', name),
          detail: t('Its disks are moved. The old images stay until you delete them.'),
          value: false,
        },
        {
          label: t('A clone of {0}', name),
          detail: t('With a new name, UUID and MAC addresses, to compare both. {0} stays as it is.', name),
          value: true,
        },
      ],
    });
    if (!isClone) return undefined;
    const names = domainNamesOn(this.#host);
    const suffix = this.#direction === 'rbd' ? 'rbd' : 'file';
    return ask.text({
      prompt: t('The name of the clone.'),
      value: proposeImageName(name, suffix, '', names),
      refusal: (text) => domainNameRefusal(text, names, this.#host.name),
    });
  }
}

function askFormat(ask: Ask): Promise<'qcow2' | 'raw'> {
  return ask.pick<'qcow2' | 'raw'>({
    placeholder: t('In which format?'),
    choices: [
      { label: 'qcow2', description: t('takes only what is written; snapshots of libvirt'), value: 'qcow2' },
      { label: 'raw', description: t('sparse, a little faster'), value: 'raw' },
    ],
  });
}

function askOptions(ask: Ask): Promise<readonly Option[]> {
  return ask.pickMany<Option>({
    placeholder: t('Anything else? Enter for no.'),
    choices: [
      {
        label: t('Compare'),
        detail: t('Reads both again before the domain is changed: as long as copying.'),
        value: 'compare',
      },
      {
        label: t('Renew addresses'),
        detail: t('libvirt chooses them: the guest may see its disks in another order.'),
        value: 'renewAddress',
      },
    ],
  });
}
