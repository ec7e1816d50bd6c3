/* The editor for SQL, as Datasette sets it up; in a file of its own, because no script inside a page runs. */
"use strict";
addEventListener("load", () => {
  const format = document.querySelector("button#sql-format");
  const input = document.querySelector("textarea#sql-editor");
  if (!input) return;
  const editor = CodeMirror.fromTextArea(input, { lineNumbers: true, mode: "text/x-sql", lineWrapping: true });
  editor.setOption("extraKeys", { "Shift-Enter": () => input.form.submit(), Tab: false });
  editor.getInputField().setAttribute("aria-label", "SQL");
  if (format) {
    format.hidden = false;
    format.addEventListener("click", () => editor.setValue(sqlFormatter.format(editor.getValue())));
  }
  cmResize(editor, { resizableWidth: false });
});
