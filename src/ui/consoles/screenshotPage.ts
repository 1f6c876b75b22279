import { t } from '../../base/l10n.ts';

export interface ScreenshotFacts {
  readonly name: string;
  readonly host: string;
  readonly taken: Date;
}

/** A page that shows a picture and can do nothing else. */
export function screenshotPage(png: Buffer, { name, host, taken }: ScreenshotFacts): string {
  const what = escapeHtml(t('Screen of {0} on {1}, {2}', name, host, taken.toLocaleTimeString()));
  const size = `${png.readUInt32BE(16)} × ${png.readUInt32BE(20)}`;
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${what}</title>
<style>
figure { margin: 1em; text-align: center; }
img { max-width: 100%; max-height: calc(100vh - 5em); border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); }
figcaption { margin-top: 0.5em; color: var(--vscode-descriptionForeground); }
</style>
</head>
<body>
<figure>
<img src="data:image/png;base64,${png.toString('base64')}" alt="${what}">
<figcaption>${what} · ${size}</figcaption>
</figure>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
