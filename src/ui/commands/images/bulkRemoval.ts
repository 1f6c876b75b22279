import { messageOf } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { removeNow } from '../../../operations/images/removeImage/imageSteps.ts';
import {
  refuseObstacles,
  type RemovalKind,
  type RemovalLook,
} from '../../../operations/images/removeImage/obstacles.ts';
import { removalRemarks } from '../../../operations/images/removeImage/removalPlan.ts';
import { mapInTurns } from '../../../operations/volumes/mapInTurns.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import { withProgress } from '../../progress.ts';
import { confirm } from '../../prompts/confirm.ts';
import { imagesChanged } from '../clusters/onCluster.ts';
import type { Bulk, CommandServices } from '../command.ts';
import { removalPlaceOf } from './removal.ts';

interface Words {
  readonly title: (count: number) => string;
  readonly question: (count: number) => string;
  readonly consequence: () => string;
  readonly action: () => string;
  readonly refused: () => string;
}

interface Looked {
  readonly row: ImageNode;
  readonly look: RemovalLook | undefined;
  /** Why it stays, undefined when it can go. */
  readonly refusal: Error | undefined;
}

/** Several images: those that nothing stands in the way of, after one question; the others are told with the reason. */
export function bulkRemoval(kind: RemovalKind, words: Words): Bulk<ImageNode> {
  return {
    title: words.title,
    prepare: async (rows, services) => {
      const all = await lookAtAll(rows, kind, services);
      const able = all.filter(({ refusal }) => refusal === undefined);
      const [first] = all;
      if (able.length === 0) throw first?.refusal ?? new TypeError('no images');
      if (!(await confirm(words.question(able.length), detail(all, kind, words), words.action())))
        return undefined;
      let left = able.length;
      return async (row, _host, signal) => {
        const refusal = all.find((one) => one.row === row)?.refusal;
        if (refusal) throw refusal;
        const place = { ...removalPlaceOf(row, services), changed: () => undefined };
        try {
          await removeNow(place, kind, { signal, report: () => undefined });
        } finally {
          left -= 1;
          // libvirt's pools are read again once, not for every image.
          if (left <= 0 || signal.aborted)
            for (const one of oneForEachPlace(able)) imagesChanged(one, one.image, services);
        }
      };
    },
  };
}

function lookAtAll(
  rows: readonly ImageNode[],
  kind: RemovalKind,
  services: CommandServices,
): Promise<readonly Looked[]> {
  let done = 0;
  return withProgress({ title: t('Looking at what uses {0} RBD images', rows.length) }, (signal, report) =>
    mapInTurns(rows, 2, async (row) => {
      const looked = await lookAtOne(row, kind, services, signal);
      done += 1;
      report({ fraction: done / rows.length, message: t('{0} of {1}', done, rows.length) });
      return looked;
    }),
  );
}

async function lookAtOne(
  row: ImageNode,
  kind: RemovalKind,
  services: CommandServices,
  signal: AbortSignal,
): Promise<Looked> {
  let look: RemovalLook | undefined;
  try {
    look = await removalPlaceOf(row, services).lookAgain({ signal });
    refuseObstacles(look, kind);
    return { row, look, refusal: undefined };
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    return { row, look, refusal: error };
  }
}

/** How many images a dialog has room for. */
const listed = 10;

function detail(all: readonly Looked[], kind: RemovalKind, words: Words): string {
  const lines = (texts: readonly string[]): readonly string[] =>
    texts.length > listed ? [...texts.slice(0, listed), t('and {0} more', texts.length - listed)] : texts;
  const able = all
    .filter(({ refusal }) => refusal === undefined)
    .map(({ row, look }) => ({ row, look, remarks: look ? removalRemarks(look, kind) : [] }));
  const refused = all.flatMap(({ refusal }) => refusal ?? []);
  const ofAll =
    able[0]?.remarks.filter((remark) => able.every(({ remarks }) => remarks.includes(remark))) ?? [];
  return [
    ...lines(
      able.map(({ row, look, remarks }) =>
        sentences(
          t('{0} of {1}', look?.name ?? row.name, row.cluster.name),
          ...remarks.filter((remark) => !ofAll.includes(remark)),
        ),
      ),
    ),
    '',
    sentences(words.consequence(), ...ofAll),
    ...(refused.length === 0 ? [] : ['', words.refused(), ...lines(refused.map(messageOf))]),
  ].join('\n');
}

function oneForEachPlace(looked: readonly Looked[]): readonly ImageNode[] {
  const places = looked.map(({ row }) => {
    const { pool, namespace } = row.image;
    return [JSON.stringify([row.cluster.id, pool, namespace]), row] as const;
  });
  return [...new Map(places).values()];
}
