package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.config.TextSettings;
import org.sparkgrad.job.config.TextSettings.Multiline;

/** Many small files are counted among the bytes that may be kept, as large ones are. */
class KeptBlocksTest {
    private static final int FILES = 40;
    private static final long ROOM = 100_000;

    @TempDir
    private Path folder;

    @Test
    void csv() throws IOException {
        CsvDialect dialect = new CsvDialect(false, ',', '"', null, Multiline.AUTO, false);
        CellFormat format = CellFormat.of(TextSettings.DEFAULT);
        this.<CsvBlock>assertLimited(
                "1,2.5,3,4,5\n", (split, kept) -> CsvScanner.scan(split, dialect, format, new Configuration(), kept));
    }

    @Test
    void libsvm() throws IOException {
        LibsvmDialect dialect = new LibsvmDialect(1, Integer.MAX_VALUE, false);
        this.<VectorBlock>assertLimited(
                "1 1:2.5 2:3 7:4\n", (split, kept) -> LibsvmScanner.scan(split, dialect, new Configuration(), kept));
    }

    private <T> void assertLimited(String line, BiConsumer<TextSplit, KeptBlocks<T>> scan) throws IOException {
        KeptBlocks<T> kept = new KeptBlocks<>(ROOM);
        List<TextSplit> splits = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            Path path = Files.writeString(folder.resolve("file" + file), line.repeat(200));
            splits.add(new TextSplit(new FileBlock(path.toUri().toString(), 0), Long.MAX_VALUE, false));
            scan.accept(splits.get(file), kept);
        }
        long blocks =
                splits.stream().filter(split -> kept.get(split.block()) != null).count();
        assertTrue(blocks > 0 && blocks < FILES / 2, blocks + " blocks");
        kept.release();
        assertEquals(
                0,
                splits.stream().filter(split -> kept.get(split.block()) != null).count());
        scan.accept(splits.get(0), kept);
        assertNotNull(kept.get(splits.get(0).block()), "there is room again");
    }
}
