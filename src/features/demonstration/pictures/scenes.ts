import type { DemoProduct } from '../data.ts';
import { CLOTH_SCENES } from './cloth-scenes.ts';
import { DRINK_SCENES } from './drink-scenes.ts';
import { FOOD_SCENES } from './food-scenes.ts';
import type { Scene } from './scene-kit.ts';

const SCENES: Readonly<Record<string, Scene>> = { ...DRINK_SCENES, ...FOOD_SCENES, ...CLOTH_SCENES };

/** How a product of the demonstration is shown; null for one that nobody has drawn. */
export function sceneOf(product: DemoProduct): Scene | null {
  return SCENES[product.key] ?? null;
}
