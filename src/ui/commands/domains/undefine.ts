import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { isActive, type DomainEntry } from '../../../hosts/inventory/domains.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { getDomainXml, undefineDomain } from '../../../libvirt/domains.ts';
import { placeName } from '../../../operations/domains/diskPlace.ts';
import {
  readDeletableDisks,
  type DeletableDisk,
} from '../../../operations/domains/undefine/deletableDisks.ts';
import {
  readRemains,
  undefineFlags,
  type DomainRemains,
} from '../../../operations/domains/undefine/domainRemains.ts';
import {
  LeftVolumesProblem,
  undefineWithVolumes,
  type DeletablePlace,
} from '../../../operations/domains/undefine/undefineDomain.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { languageId } from '../../language/libvirtDocuments.ts';
import { showProblem } from '../../problems.ts';
import { confirm, confirmAll } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { afterCancel } from '../afterCancel.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';
import { otherUsers } from './otherUsers.ts';
import { redrawPools } from './redrawPools.ts';
import { isVolume, undefineChoices, type Removable } from './undefineChoices.ts';

/** What a domain has that may go with its definition. */
interface Findings {
  readonly definition: string;
  readonly remains: DomainRemains;
  /** Of a domain that is off. */
  readonly disks: readonly DeletableDisk[];
}

export const undefineDomainCommand = objectCommand({
  id: 'libvirt.domain.undefine',
  on: { kinds: ['domain'], traits: ['persistent'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const looking = { title: t('Looking at what belongs to {0} on {1}', name, host.name) };
    const findings = await onObject(node, services, looking, (_connected, signal) =>
      lookAt(host, entry, services.registry.sessions, signal),
    );
    const choices = undefineChoices(findings.remains, findings.disks, isActive(entry));
    const chosen =
      choices.length === 0
        ? []
        : await wizard(t('Undefine {0} on {1}', name, host.name), (ask) =>
            ask.pickMany({
              placeholder: t('What goes with the definition? What is not ticked stays.'),
              choices: choices.map(({ choice }) => choice),
              preselected: (value) => choices.some((one) => one.choice.value === value && one.ticked),
              refusal: (values) => refuse(findings.remains, values),
            }),
          );
    if (!chosen || !(await agree(node, entry, findings, chosen))) return;
    await undefine(node, entry, findings, chosen, services);
  },
  bulk: {
    title: (count) => t('Undefining {0} domains', count),
    prepare: async (nodes) => {
      const agreed = await confirmAll(
        nodes,
        t('Undefine {0} domains?', nodes.length),
        t(
          'Their definitions, saved states and records of snapshots are lost. Their volumes and UEFI variables stay. Those that run go on until they stop.',
        ),
        t('Undefine'),
      );
      if (!agreed) return undefined;
      return async ({ entry }, { connection }, signal) => {
        if (!entry) return;
        const definition = await getDomainXml(connection, entry.ref, { inactive: true, signal });
        const remains = await readRemains(connection, entry.ref, definition, { signal });
        await undefineDomain(connection, entry.ref, undefineFlags(remains, { nvram: false, tpm: false }), {
          signal,
        });
      };
    },
  },
});

async function lookAt(
  host: HostSession,
  entry: DomainEntry,
  sessions: readonly HostSession[],
  signal: AbortSignal,
): Promise<Findings> {
  const machine = host.require();
  const { connection } = machine;
  const definition = await getDomainXml(connection, entry.ref, { inactive: true, secure: true, signal });
  const remains = await readRemains(connection, entry.ref, definition, { signal });
  const disks = isActive(entry)
    ? []
    : await readDeletableDisks(
        machine,
        entry.ref.name,
        remains.disks,
        await otherUsers(host, entry.ref.uuid, sessions),
        { signal },
      );
  return { definition, remains, disks };
}

function refuse(
  { managedSave, snapshots, checkpoints }: DomainRemains,
  chosen: readonly Removable[],
): string | undefined {
  const has = (what: Removable): boolean => chosen.includes(what);
  const isKept =
    (managedSave && !has('saved state')) ||
    (snapshots > 0 && !has('snapshots')) ||
    (checkpoints > 0 && !has('checkpoints'));
  return isKept
    ? t('libvirt undefines no domain that keeps a saved state, snapshots or checkpoints')
    : undefined;
}

async function agree(
  { name, host }: DomainNode,
  entry: DomainEntry,
  { disks }: Findings,
  chosen: readonly Removable[],
): Promise<boolean> {
  const volumes = chosen.filter(isVolume);
  const staying = disks
    .filter((disk) => !volumes.includes(disk))
    .map(({ disk, place }) =>
      place.kind === 'elsewhere'
        ? t('{0}: {1}', disk.target, place.reason)
        : t('{0}: {1}', disk.target, placeName(place)),
    );
  const lines = [
    isActive(entry) ? t('It runs on until it stops, and is gone then; its volumes stay.') : '',
    volumes.length > 0
      ? `${t('The data of these volumes is lost for good:')}\n${volumes.map(labelOf).join('\n')}`
      : t('The definition is lost. No volume is deleted.'),
    chosen.includes('saved state') ? t('The saved memory of the guest is lost.') : '',
    chosen.includes('nvram')
      ? t('The UEFI variables of the guest are lost: boot entries and Secure Boot keys.')
      : '',
    chosen.includes('tpm')
      ? t('What the emulated TPM holds is lost: what is encrypted with it stays closed.')
      : '',
    volumes.length > 0 && staying.length > 0 ? `${t('These stay:')}\n${staying.join('\n')}` : '',
  ].filter((line) => line !== '');
  return confirm(t('Undefine {0} on {1}?', name, host.name), lines.join('\n\n'), actionFor(volumes.length));
}

function actionFor(volumes: number): string {
  if (volumes === 0) return t('Undefine');
  return volumes === 1 ? t('Undefine and Delete the Volume') : t('Undefine and Delete {0} Volumes', volumes);
}

function labelOf({ disk, place }: DeletableDisk): string {
  return place.kind === 'elsewhere' ? disk.target : t('{0}: {1}', disk.target, placeName(place));
}

async function undefine(
  node: DomainNode,
  entry: DomainEntry,
  { definition, remains }: Findings,
  chosen: readonly Removable[],
  services: CommandServices,
): Promise<void> {
  const { name, host } = node;
  const places = chosen
    .filter(isVolume)
    .map(({ place }) => place)
    .filter((place): place is DeletablePlace => place.kind !== 'elsewhere');
  const flags = undefineFlags(remains, { nvram: chosen.includes('nvram'), tpm: chosen.includes('tpm') });
  let working: Promise<void> | undefined;
  try {
    const progress = { title: t('Undefining {0} on {1}', name, host.name) };
    await onObject(node, services, progress, (machine, signal, report) => {
      working = undefineWithVolumes(machine, entry.ref, flags, places, { signal, report });
      return working;
    }).catch((error: unknown) => afterCancel(error, working));
  } catch (error) {
    if (!(error instanceof LeftVolumesProblem)) throw error;
    showProblem(error, services.log, {
      title: t('Show Definition'),
      run: () => showDefinition(definition),
    });
  } finally {
    redrawPools(
      services,
      host,
      places.flatMap((place) => (place.kind === 'volume' ? [place.volume.pool] : [])),
    );
  }
}

/** What the domain was, to define it again. */
async function showDefinition(definition: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: languageId, content: definition });
  await vscode.window.showTextDocument(document);
}
