import type { Plugin } from 'vite';

/** From weakest to strongest; the same line stands in ui/tokens.css. */
export const layerOrder = '@layer tokens,base,components,features;';

/**
 * Says the order of the cascade's layers at the head of every built stylesheet. The line in tokens.css is not
 * enough: the minifier drops it as implied by what follows in its own file, and a stylesheet of a shared chunk
 * that the browser reads first would then set another order for all (controls would lose to bare elements).
 */
export function layerOrderFirst(): Plugin {
  return {
    name: 'evenkeel:layer-order',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const output of Object.values(bundle)) {
          if (output.type !== 'asset' || !output.fileName.endsWith('.css')) continue;
          output.source = withLayerOrder(
            typeof output.source === 'string' ? output.source : new TextDecoder().decode(output.source),
          );
        }
      },
    },
  };
}

export function withLayerOrder(css: string): string {
  return css.startsWith(layerOrder) ? css : layerOrder + css;
}
