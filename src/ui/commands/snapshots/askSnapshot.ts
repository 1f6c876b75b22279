import { t } from '../../../base/l10n.ts';
import {
  freeSnapshotName,
  proposedName,
  snapshotNameRefusal,
} from '../../../operations/snapshots/snapshotName.ts';
import type { SnapshotKind, SnapshotOffer } from '../../../operations/snapshots/snapshotKinds.ts';
import type { NewSnapshot } from '../../../operations/snapshots/takeSnapshot.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';
import { describeSource } from '../../explorer/objects/devices/diskWords.ts';

export interface SnapshotQuestion {
  readonly offer: SnapshotOffer;
  readonly active: boolean;
  /** Names that are taken. */
  readonly taken: ReadonlySet<string>;
  /** Whether the guest agent answers; asked when the kinds are shown. */
  readonly agentAnswers: () => Promise<boolean>;
}

type Kind = Pick<NewSnapshot, 'kind' | 'quiesce' | 'live'>;

/** Asks for all of a snapshot. */
export async function askSnapshot(ask: Ask, question: SnapshotQuestion): Promise<NewSnapshot> {
  const { taken } = question;
  const name = await ask.text({
    prompt: t('The name of the snapshot.'),
    value: freeSnapshotName(proposedName(new Date()), taken),
    refusal: (value) => snapshotNameRefusal(value, taken),
  });
  const description = await ask.text({
    prompt: t('What it is for, for those who find it later. It may stay empty.'),
    placeholder: t('before the upgrade'),
  });
  const kind = await ask.pick<Kind>({
    placeholder: placeholderOf(question),
    choices: () => choicesOf(question),
  });
  return { name, description, ...kind };
}

/** Why there are no internal ones, where that is so. */
function placeholderOf({ offer: { notInternal } }: SnapshotQuestion): string {
  const [disk] = notInternal;
  if (!disk) return t('What does the snapshot hold, and where?');
  return t(
    'What does the snapshot hold? None can be internal: {0} is not qcow2.',
    notInternal.map(({ target }) => target).join(', '),
  );
}

async function choicesOf({
  offer,
  active,
  agentAnswers,
}: SnapshotQuestion): Promise<readonly Choice<Kind>[]> {
  const { kinds } = offer;
  const has = (kind: SnapshotKind): boolean => kinds.includes(kind);
  const choices: Choice<Kind>[] = [];
  if (has('internal')) {
    choices.push({
      label: active ? t('Disks and memory, internal') : t('Disks, internal'),
      detail: active
        ? t('Inside the qcow2 files. The guest stands still while its memory is written.')
        : t('Inside the qcow2 files.'),
      value: { kind: 'internal', quiesce: false, live: false },
    });
  }
  if (has('disksOnly')) choices.push(...(await diskChoices(active, agentAnswers)));
  if (has('withMemory')) {
    choices.push(
      {
        label: t('Disks and memory, external, live'),
        detail: t('The guest goes on while its memory is written to a file, which takes longer.'),
        value: { kind: 'withMemory', quiesce: false, live: true },
      },
      {
        label: t('Disks and memory, external'),
        detail: t('The guest stands still while its memory is written to a file.'),
        value: { kind: 'withMemory', quiesce: false, live: false },
      },
    );
  }
  return choices;
}

async function diskChoices(
  active: boolean,
  agentAnswers: () => Promise<boolean>,
): Promise<readonly Choice<Kind>[]> {
  const plain: Choice<Kind> = {
    label: t('Disks only, external'),
    detail: active
      ? t(
          'As after a power cut: what the guest has not written yet is missing. It writes to new files from now on.',
        )
      : t('The domain writes to new files from now on.'),
    value: { kind: 'disksOnly', quiesce: false, live: false },
  };
  if (!active || !(await agentAnswers())) return [plain];
  return [
    {
      label: t('Disks only, external, quiesced'),
      detail: t(
        'The guest agent writes out and holds all changes for a moment. The guest writes to new files from now on.',
      ),
      value: { kind: 'disksOnly', quiesce: true, live: false },
    },
    plain,
  ];
}

/** What an external snapshot makes and leaves out, for the last question; undefined for an internal one. */
export function consequenceOf(
  snapshot: NewSnapshot,
  files: readonly { readonly target: string | undefined; readonly file: string }[],
  { notExternal }: SnapshotOffer,
): string | undefined {
  if (snapshot.kind === 'internal') return undefined;
  const lines = files.map(({ target, file }) =>
    target === undefined ? t('Memory: {0}', file) : t('{0}: {1}', target, file),
  );
  const left = notExternal.map(({ target, source }) =>
    t('{0}: {1}', target, source ? describeSource(source) : ''),
  );
  return [
    t('New files:'),
    ...lines,
    ...(left.length === 0 ? [] : ['', t('Left out, because libvirt puts no file upon them:'), ...left]),
    ...(left.length === 0
      ? []
      : ['', t('A revert does not bring back what is left out. RBD images have snapshots of their own.')]),
  ].join('\n');
}
