/** The thin bar at the edge of the viewport. One stop for Tab; arrows move within. */

import { Toolbar } from 'radix-ui';
import { Fragment } from 'react';
import * as say from '../../messages/en/stage';
import type { Action } from '../actions/action';
import { actionInvert, actionResetView, actionToggleZones, actionZoomToChange } from '../actions/view';
import { actionMaskFromZones } from '../actions/maskPixels';
import { actionToggleMasksPanel } from '../actions/masks';
import { actionRedo, actionUndo } from '../actions/history';
import {
  actionBoxTool,
  actionBrushTool,
  actionEllipseTool,
  actionEraserTool,
  actionLassoTool,
  actionPanTool,
  actionPolygonTool,
  actionWindowTool,
  actionZoomTool,
} from '../actions/tools';
import { ActionButton } from '../ui/ActionButton';
import styles from './ToolBar.module.css';

/** Each with its word: the whole name is in the hint. */
const GROUPS: readonly (readonly (readonly [Action, () => string])[])[] = [
  [
    [actionBrushTool, say.paint],
    [actionEraserTool, say.wipe],
  ],
  [
    [actionLassoTool, say.lasso],
    [actionPolygonTool, say.polygon],
    [actionEllipseTool, say.ellipse],
    [actionBoxTool, say.box],
  ],
  [
    [actionToggleMasksPanel, say.masks],
    [actionMaskFromZones, say.asMask],
  ],
  [
    [actionWindowTool, say.window],
    [actionPanTool, say.pan],
    [actionZoomTool, say.zoomWord],
  ],
  [
    [actionToggleZones, say.zones],
    [actionInvert, say.invert],
    [actionZoomToChange, say.change],
    [actionResetView, say.reset],
  ],
  [
    [actionUndo, say.undo],
    [actionRedo, say.redo],
  ],
];

export function ToolBar() {
  return (
    <Toolbar.Root className={styles.bar} orientation="vertical" aria-label={say.tools()}>
      {GROUPS.map((group, index) => (
        <Fragment key={index}>
          {index === 0 ? null : <Toolbar.Separator className={styles.separator} />}
          {group.map(([action, word]) => (
            <Toolbar.Button key={action.name} asChild>
              <ActionButton action={action} word={word()} />
            </Toolbar.Button>
          ))}
        </Fragment>
      ))}
    </Toolbar.Root>
  );
}
