/** Dialogs that no button opens give the focus back to where it was: for `Dialog.Content` and `AlertDialog.Content`. */

/** Where the focus was before the dialogs that are open; one dialog may lead to another. */
let before: HTMLElement | undefined;

function outside(element: Element | null): HTMLElement | undefined {
  if (!(element instanceof HTMLElement) || element === document.body) return undefined;
  const menu = element.closest('[role=menu]');
  if (menu !== null) return document.getElementById(menu.getAttribute('aria-labelledby') ?? '') ?? undefined;
  return element.closest('[role=dialog], [role=alertdialog]') === null ? element : undefined;
}

export const returnFocus = {
  onOpenAutoFocus: (): void => {
    before = outside(document.activeElement) ?? before;
  },
  onCloseAutoFocus: (event: Event): void => {
    event.preventDefault();
    // Something that the dialog began may have taken it.
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    if (before?.isConnected === true) before.focus();
  },
} as const;
