/** The thin bar at the edge of the viewport. One stop for Tab; arrows move within. */

import { Toolbar } from 'radix-ui';
import { Fragment } from 'react';
import * as say from '../../messages/en/stage';
import type { Action } from '../actions/action';
import { actionInvert } from '../actions/invert';
import { actionMaskFromZones } from '../actions/maskFromZones';
import { actionToggleMasksPanel } from '../actions/maskList';
import { actionRedo } from '../actions/redo';
import { actionResetView } from '../actions/resetView';
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
} from '../actions/selectTool';
import { actionToggleZones } from '../actions/toggleZones';
import { actionUndo } from '../actions/undo';
import { actionZoomToChange } from '../actions/zoomToChange';
import { ActionButton } from '../ui/ActionButton';
import styles from './ToolBar.module.css';

const GROUPS: readonly (readonly Action[])[] = [
  [actionBrushTool, actionEraserTool],
  [actionLassoTool, actionPolygonTool, actionEllipseTool, actionBoxTool],
  [actionToggleMasksPanel, actionMaskFromZones],
  [actionWindowTool, actionPanTool, actionZoomTool],
  [actionToggleZones, actionInvert, actionZoomToChange, actionResetView],
  [actionUndo, actionRedo],
];

export function ToolBar() {
  return (
    <Toolbar.Root className={styles.bar} orientation="vertical" aria-label={say.tools()}>
      {GROUPS.map((group, index) => (
        <Fragment key={group[0]?.name}>
          {index === 0 ? null : <Toolbar.Separator className={styles.separator} />}
          {group.map((action) => (
            <Toolbar.Button key={action.name} asChild>
              <ActionButton action={action} />
            </Toolbar.Button>
          ))}
        </Fragment>
      ))}
    </Toolbar.Root>
  );
}
