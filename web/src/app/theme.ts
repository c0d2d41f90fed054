export { followAppearance } from '../platform/appearance.ts';
