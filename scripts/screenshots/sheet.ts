/** The page that shows all pictures: a row for each scene, with the picture of a mock beside it where there is one. */
import type { Scene, Size, Theme } from './scenes.ts';

export const sizes: readonly Size[] = ['phone', 'desk'];
export const themes: readonly Theme[] = ['light', 'dark'];

export const pictureName = (scene: string, size: Size, theme: Theme): string =>
  `${scene}-${size}-${theme}.png`;

/** Pictures of a mock by the scene they are of: `01-today.png` and `12-today-dark.png` are of `today`. */
export function mocksByScene(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const pictures = files.filter((file) => file.endsWith('.png')).toSorted();
  return Map.groupBy(pictures, (file) =>
    file
      .replace(/\.png$/, '')
      .replace(/^\d+-/, '')
      .replace(/-(dark|light)$/, ''),
  );
}

/**
 * `have`: the pictures that were taken, this time or before. `mocks`: files that lie in `mockFolder`, addressed from
 * the page. A mock of no scene is shown at the end, so that what is not built yet is seen too.
 */
export function sheetOf(
  scenes: readonly Pick<Scene, 'name'>[],
  have: ReadonlySet<string>,
  mocks: { readonly folder: string; readonly files: readonly string[] } | null,
): string {
  const ofScene = mocks === null ? new Map<string, readonly string[]>() : mocksByScene(mocks.files);
  const mockFigures = (name: string): readonly string[] =>
    (ofScene.get(name) ?? []).map((file) => figure(`${mocks?.folder ?? ''}/${file}`, `mock: ${file}`));
  const rows = scenes.map(({ name }) => {
    const taken = sizes
      .flatMap((size) => themes.map((theme) => pictureName(name, size, theme)))
      .filter((file) => have.has(file));
    return row(name, [...mockFigures(name), ...taken.map((file) => figure(file, file))]);
  });
  const others = [...ofScene.keys()].filter((name) => scenes.every((scene) => scene.name !== name));
  const rest = others.map((name) => row(`${name} (no such screen)`, mockFigures(name)));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Evenkeel: screens</title>
<style>
body { font: 14px sans-serif; margin: 16px; background: #8a8f94; }
section { display: flex; gap: 16px; overflow-x: auto; align-items: start; }
img { height: 640px; }
figure { margin: 0; }
</style>
${[...rows, ...rest].join('\n')}
</html>
`;
}

function row(name: string, figures: readonly string[]): string {
  return `<h2 id="${name}">${name}</h2>\n<section>${figures.join('')}</section>`;
}

function figure(source: string, words: string): string {
  const href = encodeURI(source);
  return `<figure><a href="${href}"><img src="${href}" alt="${words}" loading="lazy"></a><figcaption>${words}</figcaption></figure>`;
}
