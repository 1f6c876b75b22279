import type { AskedProbe, HarmfulOffer } from './askProbes.ts';

/** How many probes of each kind were answered, then those that were not, then the offers that do harm. */
export function completionReport(
  probes: readonly AskedProbe[],
  offerCount: number,
  harmful: readonly HarmfulOffer[],
): string {
  const kinds = [...new Set(probes.map(({ kind }) => kind))];
  const rows = kinds.map((kind) => {
    const own = probes.filter((probe) => probe.kind === kind);
    const answered = own.filter(({ isOffered }) => isOffered).length;
    const harm = harmful.filter(({ probe }) => probe.kind === kind).length;
    return `${kind.padEnd(30)} ${answered} of ${own.length} answered, ${harm} harmful offers`;
  });
  return [
    `${offerCount} offers inserted, ${harmful.length} harmful`,
    ...rows,
    '',
    ...probes
      .filter(({ isOffered }) => !isOffered)
      .map(
        ({ kind, wanted, path, text, offset, completions }) =>
          `NOT OFFERED: ${wanted.kind} ${wanted.label} (${kind}) in ${path}\n  ${around(text, offset)}\n  ` +
          `offered: ${completions.offers.map(({ label }) => label).join(' ')}`,
      ),
    ...harmful.map(
      ({ probe, offer, messages }) =>
        `HARMFUL: ${offer.kind} ${offer.label} (${probe.kind}) in ${probe.path}\n  ` +
        `${around(probe.text, probe.offset)}\n  inserts ${JSON.stringify(offer.snippet)}\n  ${messages.join('\n  ')}`,
    ),
    '',
  ].join('\n');
}

function around(text: string, offset: number): string {
  return JSON.stringify(
    `${text.slice(Math.max(0, offset - 120), offset)}█${text.slice(offset, offset + 60)}`,
  );
}
