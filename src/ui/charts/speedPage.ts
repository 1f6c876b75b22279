import { speedAsNumber, speedInWords, testsOf, type SpeedReport } from './speedReport.ts';

/** A page that shows the report: a bar for each number, and the number beside it. It can do nothing else. */
export function speedPage(report: SpeedReport): string {
  const { title, remarks, series } = report;
  const groups = testsOf(report).map((test, index) => {
    const values = series.map(({ speeds }) => (speeds[index] ? speedAsNumber(speeds[index]) : 0));
    const most = Math.max(...values, Number.MIN_VALUE);
    const bars = series.map(({ name, speeds }, which) => {
      const words = speeds[index] ? speedInWords(speeds[index]) : '';
      const percent = ((values[which] ?? 0) / most) * 100;
      return `<tr><th scope="row">${escapeHtml(name)}</th><td class="bar" aria-hidden="true"><div class="series${which}" style="width:${percent.toFixed(1)}%"></div></td><td>${escapeHtml(words)}</td></tr>`;
    });
    return `<table><caption>${escapeHtml(test.title())}</caption><tbody>${bars.join('')}</tbody></table>`;
  });
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
body { max-width: 56em; padding: 0 1.5em 1.5em; }
h1 { font-size: 1.3em; font-weight: 600; }
table { width: 100%; border-collapse: collapse; margin: 1.2em 0; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.4em; }
th { width: 34%; text-align: left; font-weight: normal; padding: 0.15em 0.6em 0.15em 0; overflow-wrap: anywhere; }
td { padding: 0.15em 0; white-space: nowrap; }
td:last-child { width: 8em; text-align: right; font-variant-numeric: tabular-nums; }
.bar div { height: 1em; min-width: 2px; border: 1px solid var(--vscode-contrastBorder, transparent); }
.series0 { background: var(--vscode-charts-blue); }
.series1 { background: repeating-linear-gradient(45deg, var(--vscode-charts-orange) 0 6px, transparent 6px 9px); }
li { margin: 0.2em 0; color: var(--vscode-descriptionForeground); }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${groups.join('\n')}
<ul>${remarks.map((remark) => `<li>${escapeHtml(remark)}</li>`).join('')}</ul>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
