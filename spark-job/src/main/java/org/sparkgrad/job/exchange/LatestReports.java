package org.sparkgrad.job.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.exchange.worker.WorkerSums;

/** The last report of every engine that has computed. */
final class LatestReports {
    private final Map<UUID, WorkerReport> byEngine = new LinkedHashMap<>();

    void add(WorkerSums sums) {
        if (sums.report() != null) {
            byEngine.put(sums.incarnation(), sums.report());
        }
    }

    /** Returns the reports by executor and address; the reports of one device are added. */
    List<WorkerReport> byDevice() {
        Map<String, WorkerReport> devices = new TreeMap<>();
        for (WorkerReport report : byEngine.values()) {
            devices.merge(report.executor() + "/" + report.address(), report, LatestReports::together);
        }
        return List.copyOf(devices.values());
    }

    private static WorkerReport together(WorkerReport a, WorkerReport b) {
        return new WorkerReport(a.executor(), a.address(), a.engine().with(b.engine()));
    }
}
