import { configurationPaths } from "../core/plan/configuration.ts";

/** Whether the configuration may stand at a path. */
export const isConfigurationPath = (path: string): boolean => configurationPaths.some((each) => each === path);
