package org.sparkgrad.job;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Cycles of dependencies between top-level classes. */
final class ClassCycles {
    private ClassCycles() {}

    /** Returns the names of the classes of each cycle: those that reach each other. */
    static List<Set<String>> in(JavaClasses classes) {
        Map<String, Set<String>> arrows = arrows(classes);
        Map<String, Set<String>> reached = new HashMap<>();
        arrows.keySet().forEach(from -> reached.put(from, reached(from, arrows)));
        Set<Set<String>> cycles = new HashSet<>();
        for (String from : arrows.keySet()) {
            Set<String> cycle = new TreeSet<>(reached.getOrDefault(from, Set.of()));
            cycle.removeIf(to -> !reached.getOrDefault(to, Set.of()).contains(from));
            if (!cycle.isEmpty()) {
                cycles.add(cycle);
            }
        }
        return List.copyOf(cycles);
    }

    private static Map<String, Set<String>> arrows(JavaClasses classes) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass type : classes) {
            String from = top(type).getName();
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = top(dependency.getTargetClass().getBaseComponentType());
                if (classes.contain(target.getName())
                        && !target.getName().equals(from)
                        && !permits(top(type), target)) {
                    arrows.computeIfAbsent(from, none -> new TreeSet<>()).add(target.getName());
                }
            }
        }
        return arrows;
    }

    private static JavaClass top(JavaClass type) {
        JavaClass top = type;
        while (top.getEnclosingClass().isPresent()) {
            top = top.getEnclosingClass().get();
        }
        return top;
    }

    private static boolean permits(JavaClass type, JavaClass target) {
        Class<?>[] permitted = type.reflect().getPermittedSubclasses();
        return permitted != null && Arrays.asList(permitted).contains(target.reflect());
    }

    private static Set<String> reached(String from, Map<String, Set<String>> arrows) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(arrows.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (reached.add(next)) {
                open.addAll(arrows.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }
}
