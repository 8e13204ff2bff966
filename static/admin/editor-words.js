"use strict"
{
  // The editor asks the catalogue for the words of its dialogues only; those of its toolbar are fixed English.
  const words = {
    "paragraph": gettext("paragraph"),
    "Paragraph": gettext("Paragraph"),
    "heading 2": gettext("heading 2"),
    "heading 3": gettext("heading 3"),
    "Heading 2": gettext("heading 2"),
    "Heading 3": gettext("heading 3"),
    "unordered list": gettext("unordered list"),
    "ordered list": gettext("ordered list"),
    "blockquote": gettext("blockquote"),
    "horizontal rule": gettext("horizontal rule"),
    "bold": gettext("bold"),
    "italic": gettext("italic"),
    "underline": gettext("underline"),
    "strike": gettext("strike"),
    "subscript": gettext("subscript"),
    "superscript": gettext("superscript"),
    "insert link": gettext("insert link"),
    "remove link": gettext("remove link"),
    "Insert table": gettext("Insert table"),
    "Add column": gettext("Add column"),
    "Delete column": gettext("Delete column"),
    "Add row": gettext("Add row"),
    "Delete row": gettext("Delete row"),
    "Merge cells": gettext("Merge cells"),
    "Split cell": gettext("Split cell"),
    "Toggle header cell": gettext("Toggle header cell"),
    "Delete table": gettext("Delete table"),
    "undo": gettext("undo"),
    "redo": gettext("redo"),
    "Yes": gettext("Yes"),
    "No": gettext("No"),
  }
  const translate = (element) => {
    for (const name of ["title", "aria-label"]) {
      const word = words[element.getAttribute(name)]
      if (word) element.setAttribute(name, word)
    }
    if (!element.children.length && !element.classList.contains("material-icons")) {
      const word = words[element.textContent]
      if (word) element.textContent = word
    }
  }
  const within = ".prose-menubar, .prose-editor-dialog, dialog"
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (!(node instanceof Element) || node.closest(".ProseMirror[contenteditable]")) continue
        if (node.matches(within) || node.closest(within) || node.querySelector(within)) {
          translate(node)
          node.querySelectorAll("*").forEach(translate)
        }
      }
    }
  }).observe(document, { childList: true, subtree: true })
}
