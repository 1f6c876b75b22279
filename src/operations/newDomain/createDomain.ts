import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import {
  defineDomain,
  destroyDomain,
  getDomainXml,
  startDomain,
  undefineDomain,
} from '../../libvirt/domains.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { DomainUndefine } from '../../libvirt/protocol/domainFlags.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { DomainRef, VolumeRef } from '../../libvirt/protocol/refs.ts';
import { deleteVolume } from '../../libvirt/volumes.ts';
import type { LibvirtMachine } from '../volumes/cephClientOf.ts';
import { fetchInstaller, type Installer } from './installTree.ts';
import { describeVolume, makePlannedVolume } from './storage/makeVolume.ts';
import type { VolumePlan } from './storage/volumePlan.ts';
import { withoutInstaller } from './withoutInstaller.ts';

/** Of a program that was ended while it wrote, Ceph thinks for 30 s that it has the image open: till then it stays. */
const forgetsMs = 45_000;
const againMs = 2000;

export interface CreationOptions {
  readonly signal: AbortSignal;
  readonly report?: ReportProgress | undefined;
}

/** The making of one new domain: it knows what is there already, so that it can be tried again, and undone. */
export class DomainCreation {
  readonly #machine: () => LibvirtMachine;
  readonly #made = new Map<VolumePlan, { volume: VolumeRef; isFinished: boolean }>();

  /** @param machine the host as it is connected at that moment */
  constructor(machine: () => LibvirtMachine) {
    this.#machine = machine;
  }

  /** What is there by now, finished or not. */
  get volumes(): readonly VolumeRef[] {
    return [...this.#made.values()].map(({ volume }) => volume);
  }

  /** Makes those that are not there yet; one that was left unfinished is made anew. */
  async makeVolumes(plans: readonly VolumePlan[], { signal, report }: CreationOptions): Promise<void> {
    for (const [index, plan] of plans.entries()) {
      if (signal.aborted) throw new CancelledError();
      const before = this.#made.get(plan);
      if (before?.isFinished === true) continue;
      if (before) await this.#remove(plan);
      const message = describeVolume(plan);
      const tell = (part = 0): void => {
        report?.({ fraction: (index + part) / plans.length, message });
      };
      tell();
      await makePlannedVolume(
        this.#machine(),
        plan,
        (volume) => {
          this.#made.set(plan, { volume, isFinished: false });
        },
        {
          signal,
          report: ({ fraction }) => {
            tell(fraction);
          },
        },
      );
      const made = this.#made.get(plan);
      if (made) made.isFinished = true;
    }
  }

  /** Defines it, checked by the host's schema where the host can. */
  async define(xml: string): Promise<DomainRef> {
    return (await defineDomain(this.#machine().connection, xml)).ref;
  }

  /** Fetches the installer that the domain boots first. */
  async fetch(installer: Installer, { signal, report }: CreationOptions): Promise<void> {
    report?.({ message: t('Fetching the installer') });
    await fetchInstaller(this.#machine().transport, installer, { signal });
  }

  /** A start that is given up is ended: with unreachable storage it could go on for minutes. */
  async start(domain: DomainRef, { signal }: CreationOptions): Promise<void> {
    const { connection } = this.#machine();
    try {
      await startDomain(connection, domain, 0, { signal });
    } catch (error) {
      if (error instanceof CancelledError) await destroyDomain(connection, domain).catch(() => undefined);
      throw error;
    }
  }

  /** Its next start boots what the installer has installed. */
  async forgetInstaller(domain: DomainRef): Promise<void> {
    const { connection } = this.#machine();
    const xml = await getDomainXml(connection, domain, { inactive: true, secure: true });
    await defineDomain(connection, withoutInstaller(xml));
  }

  /** Takes the definition back, with the files that libvirt keeps beside it. */
  async undefine(domain: DomainRef): Promise<void> {
    const { connection } = this.#machine();
    await destroyDomain(connection, domain).catch((error: unknown) => {
      if (!isLibvirtError(error, ErrorCode.operationInvalid)) throw error;
    });
    await undefineDomain(connection, domain, DomainUndefine.nvram);
  }

  /** Deletes the volumes that were made, the last first; rejects with the first failure when all have been tried. */
  async removeVolumes(): Promise<void> {
    const failures: unknown[] = [];
    for (const [plan] of [...this.#made].toReversed()) {
      await this.#remove(plan).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  async #remove(plan: VolumePlan): Promise<void> {
    const made = this.#made.get(plan);
    if (!made) return;
    const giveUp = performance.now() + (plan.pool.kind === 'rbd' && !made.isFinished ? forgetsMs : 0);
    for (;;) {
      try {
        await deleteVolume(this.#machine().connection, made.volume);
        this.#made.delete(plan);
        return;
      } catch (error) {
        if (performance.now() > giveUp) throw error;
        await sleep(againMs);
      }
    }
  }
}
