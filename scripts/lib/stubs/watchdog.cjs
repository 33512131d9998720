// Stands in for @vscode/native-watchdog, which ends an extension host whose parent died. We end the whole process group.
exports.start = () => {};
exports.exit = code => process.exit(code);
