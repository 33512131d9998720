/** The report of a drill for programs, beside its page. */
export const reportName = 'report.json';
/** A comparison of two drills for programs, beside its page. */
export const comparisonName = 'comparison.json';
