package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparkgrad.job.problem.JobException;

/** Merges the scans of all blocks of delimited text to one layout, or reports where the blocks differ. */
final class CsvLayouts {
    /** The name that pandas gives to a first column without a name. */
    private static final String UNNAMED = "Unnamed: 0";

    private static final int SHOWN_CELLS = 5;

    private final CsvDialect dialect;
    private final CellFormat format;
    private final List<CsvBlockScan> blocks;
    private final Map<FileBlock, Long> linesBefore = new HashMap<>();
    private final CsvBlockScan first;
    private final List<ColumnScan> columns;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param scans the scans, in any order
     * @throws JobException for a row that has an error or more or fewer cells than other rows, or if there is no row
     */
    CsvLayouts(List<CsvBlockScan> scans, CsvDialect dialect, CellFormat format) {
        this.dialect = dialect;
        this.format = format;
        List<CsvBlockScan> ordered = scans.stream()
                .sorted((a, b) -> FileBlock.PATH_ORDER.compare(a.block(), b.block()))
                .toList();
        String file = "";
        long lines = 0;
        for (CsvBlockScan scan : ordered) {
            lines = scan.block().file().equals(file) ? lines : 0;
            file = scan.block().file();
            linesBefore.put(scan.block(), lines);
            if (scan.problem() != null) {
                throw JobException.data(where(scan, scan.problemLine()) + ": " + scan.problem());
            }
            lines += scan.lines();
        }
        this.blocks = ordered.stream().filter(CsvBlockScan::hasRecords).toList();
        this.first = blocks.stream()
                .filter(scan -> scan.rows() > 0)
                .findFirst()
                .orElseThrow(() -> JobException.data(ReadProblems.noRows(
                        ordered.stream().map(CsvBlockScan::block).toList(),
                        dialect.header() ? " below the header" : "")));
        this.columns = merged();
    }

    private List<ColumnScan> merged() {
        List<ColumnScan> all =
                Stream.generate(ColumnScan::new).limit(first.columns().size()).toList();
        for (CsvBlockScan scan : blocks) {
            if (scan.rows() > 0 && scan.columns().size() != all.size()) {
                throw JobException.data("%s: a row of %d cells, where %s has rows of %d: %s%s"
                        .formatted(
                                where(scan, scan.firstRowLine()),
                                scan.columns().size(),
                                where(first, first.firstRowLine()),
                                all.size(),
                                "\nGive all files the same columns",
                                " and each row the same cells, or check --delimiter and --quote."));
            }
            for (int column = 0; column < scan.columns().size(); column++) {
                all.get(column).add(scan.columns().get(column));
            }
        }
        return all;
    }

    /**
     * Returns the layout.
     *
     * @param named the columns that the user has named, which are never left out
     * @param texts the text columns, by name or index; a missing column is no error here, but where the column is used
     * @param expected the columns of a model
     * @throws JobException for headers that are missing, wrong or different, or for text where the model has numbers
     */
    CsvLayout layout(Set<String> named, List<String> texts, ExpectedColumns expected) {
        List<String> header = dialect.header() ? header() : ColumnNames.ofIndices(columns.size());
        if (!dialect.header()) {
            refuseForgottenHeader();
        }
        List<Integer> kept = kept(header, named);
        List<String> names = kept.stream().map(header::get).toList();
        if (dialect.header()) {
            ColumnNames.check(headerPlace(), names);
        }
        ColumnReferences references = new ColumnReferences(names.toArray(String[]::new));
        Set<String> textNames = new HashSet<>();
        Stream.concat(texts.stream(), expected.texts().stream())
                .forEach(name -> references.find(name).ifPresent(textNames::add));
        List<CellKind> kinds = new ArrayList<>();
        for (int column : kept) {
            boolean text = textNames.contains(header.get(column));
            kinds.add(text ? CellKind.TEXT : columns.get(column).kind());
        }
        expected.numbers()
                .forEach(name -> references.find(name).ifPresent(found -> {
                    int column = names.indexOf(found);
                    if (kinds.get(column) == CellKind.TEXT && !textNames.contains(found)) {
                        throw textAmongNumbers(found, kept.get(column));
                    }
                }));
        Map<FileBlock, Long> firstRow = new HashMap<>();
        long rows = 0;
        for (CsvBlockScan scan : blocks) {
            firstRow.put(scan.block(), rows);
            rows += scan.rows();
        }
        return new CsvLayout(names, kept, List.copyOf(kinds), Map.copyOf(firstRow));
    }

    ReadReport report(int files, long lines, CsvLayout layout) {
        Map<String, Map<String, Long>> missing = new HashMap<>();
        for (int column = 0; column < layout.names().size(); column++) {
            Map<String, Long> texts = columns.get(layout.cells().get(column))
                    .missing(layout.kinds().get(column), format);
            if (!texts.isEmpty()) {
                missing.put(layout.names().get(column), texts);
            }
        }
        long rows = blocks.stream().mapToLong(CsvBlockScan::rows).sum();
        return new ReadReport(files, lines, rows, notes, missing);
    }

    /** Returns a name for each cell of a record; the last name may be empty if only rows end with a delimiter. */
    private List<String> header() {
        List<CsvBlockScan> headed =
                blocks.stream().filter(scan -> !scan.header().isEmpty()).toList();
        CsvBlockScan one = headed.get(0);
        for (CsvBlockScan scan : headed) {
            if (!scan.header().equals(one.header())) {
                throw JobException.data(where(scan, scan.headerLine()) + ": another header than "
                        + where(one, one.headerLine()) + ": give all files the same columns in the same order.");
            }
        }
        List<String> header = new ArrayList<>(one.header());
        if (header.size() == columns.size() - 1
                && columns.get(columns.size() - 1).isEmpty()) {
            header.add("");
        }
        if (header.size() != columns.size()) {
            String comment = header.get(0).startsWith("#")
                    ? "It starts with \"#\", as a comment does: remove the lines above the column names."
                    : header.size() == columns.size() - 1
                            ? "Where R wrote row names, write the table again with col.names = NA or row.names = FALSE;"
                                    + " where a number has a comma, check --delimiter and --decimal."
                            : "Name each column, or check --delimiter and --quote.";
            throw JobException.data("%s: a header of %d names above rows of %d cells: %s\n%s"
                    .formatted(headerPlace(), header.size(), columns.size(), shown(header), comment));
        }
        refuseRowAsHeader(header);
        return header;
    }

    private String headerPlace() {
        CsvBlockScan headed = blocks.stream()
                .filter(scan -> !scan.header().isEmpty())
                .findFirst()
                .orElse(first);
        return where(headed, headed.headerLine());
    }

    /**
     * Refuses a header whose names are measured numbers: the header is probably a row, and the row would be lost. The
     * numbers 0, 1, 2 may be names.
     */
    private void refuseRowAsHeader(List<String> header) {
        boolean numbers = header.stream().allMatch(cell -> {
            CellKind kind = format.kindOf(cell);
            return kind == CellKind.WHOLE || kind == CellKind.NUMBER;
        });
        boolean names = header.stream().allMatch(cell -> format.kindOf(cell) == CellKind.WHOLE)
                && header.stream().distinct().count() == header.size();
        if (numbers && !names) {
            throw JobException.data(headerPlace() + ": the header has numbers for names: " + shown(header)
                    + "\nRead without --header where the first line is a row.");
        }
    }

    /**
     * Refuses a column of numbers whose only texts are in the first line of each file: this line is probably a header.
     */
    private void refuseForgottenHeader() {
        long files = blocks.stream().map(scan -> scan.block().file()).distinct().count();
        List<CsvBlockScan> starts =
                blocks.stream().filter(scan -> scan.block().start() == 0).toList();
        boolean same = starts.size() == files
                && starts.stream()
                        .allMatch(scan -> scan.firstRow().equals(starts.get(0).firstRow()));
        if (!same) {
            return;
        }
        for (int column = 0; column < columns.size(); column++) {
            ColumnScan scan = columns.get(column);
            String first = starts.get(0).firstRow().get(column);
            boolean named = format.kindOf(first) == CellKind.TEXT && !NumberLike.matches(first);
            if (named && scan.texts() == files && scan.numbers() > 0) {
                throw JobException.data(
                        "%s names the columns: %s; column %d has numbers below.\nRead the file with --header."
                                .formatted(
                                        where(starts.get(0), starts.get(0).firstRowLine()),
                                        shown(starts.get(0).firstRow()),
                                        column));
            }
        }
    }

    /** Returns the places of the columns that are read, and adds a note about the others. */
    private List<Integer> kept(List<String> header, Set<String> named) {
        List<Integer> kept =
                new ArrayList<>(IntStream.range(0, header.size()).boxed().toList());
        int last = header.size() - 1;
        boolean nameless = header.get(last).isEmpty() || !dialect.header();
        if (last > 0 && nameless && columns.get(last).isEmpty()) {
            kept.remove(last);
            notes.add("each line ends with a delimiter: the empty column after it is left out");
        }
        String name = header.get(0);
        boolean index = dialect.header() && (name.isEmpty() || name.equals(UNNAMED));
        if (index && kept.size() > 1 && !named.contains(name)) {
            kept.remove(0);
            notes.add((name.isEmpty() ? "the first column has no name" : "the first column is \"" + UNNAMED + "\"")
                    + ", as row names have that R or pandas wrote: it is left out");
        }
        return List.copyOf(kept);
    }

    private JobException textAmongNumbers(String name, int column) {
        for (CsvBlockScan scan : blocks) {
            if (scan.rows() > 0 && scan.columns().get(column).texts() > 0) {
                ColumnScan found = scan.columns().get(column);
                return JobException.data("%s: column %s holds \"%s\", where the model has numbers (%d such cells).\n%s"
                        .formatted(
                                where(scan, found.firstTextPlace()),
                                name,
                                ReadProblems.snippet(found.firstText()),
                                columns.get(column).texts(),
                                NumberLike.remedy(found.firstText())));
            }
        }
        throw new IllegalStateException("a column of text has a text");
    }

    private String where(CsvBlockScan scan, long line) {
        long before = linesBefore.getOrDefault(scan.block(), 0L);
        return scan.block().path() + " line " + (before + line);
    }

    private static String shown(List<String> cells) {
        return ReadProblems.snippet(String.join(", ", cells.subList(0, Math.min(SHOWN_CELLS, cells.size()))))
                + (cells.size() > SHOWN_CELLS ? ", ..." : "");
    }
}
