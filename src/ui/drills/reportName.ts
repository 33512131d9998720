/** The report of a drill for programs, beside its page. */
export const reportName = 'report.json';
