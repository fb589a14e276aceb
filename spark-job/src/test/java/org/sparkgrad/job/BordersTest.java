package org.sparkgrad.job;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.stream.Stream;

/** The borders between the packages: a room looks only at earlier ones. */
@AnalyzeClasses(packages = "org.sparkgrad.job", importOptions = ImportOption.DoNotIncludeTests.class)
final class BordersTest {
    private static final List<String> ROOMS_IN_ORDER = List.of(
            "problem",
            "files",
            "spark.version",
            "spark",
            "config",
            "read",
            "assemble",
            "shard",
            "exchange.stage",
            "placement",
            "exchange.pass",
            "exchange.worker",
            "exchange",
            "optimize",
            "checkpoint",
            "model",
            "evaluate",
            "output",
            "report",
            "registry",
            "train",
            "grid",
            "run",
            "ml.params",
            "ml.dataset",
            "ml.fit",
            "ml.grid",
            "ml");

    /** Programs that consist of rooms. */
    private static final List<String> OTHER_PROGRAMS = List.of("scheduled", "generate", "cli");

    private static final String ROOT = "org.sparkgrad.job";
    private static final String CLI = in("cli");

    private static final DescribedPredicate<JavaClass> SCALA = resideInAPackage("scala..");
    private static final DescribedPredicate<JavaClass> OURS_ALONE = not(describe(
            "extend a class of Spark, Scala or Breeze",
            type -> Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                    .anyMatch(resideInAnyPackage("org.apache.spark..", "scala..", "breeze.."))));

    @ArchTest
    static void aRoomLooksOnlyAtEarlierOnes(JavaClasses classes) {
        for (int room = 0; room < ROOMS_IN_ORDER.size() - 1; room++) {
            String[] later = ROOMS_IN_ORDER.subList(room + 1, ROOMS_IN_ORDER.size()).stream()
                    .map(name -> ROOT + "." + name)
                    .toArray(String[]::new);
            nobody(
                    resideInAPackage(ROOT + "." + ROOMS_IN_ORDER.get(room)),
                    resideInAnyPackage(later),
                    "that is the order of the flow",
                    classes);
        }
    }

    @ArchTest
    static void everyClassIsInARoom(JavaClasses classes) {
        String[] rooms = Stream.concat(ROOMS_IN_ORDER.stream(), OTHER_PROGRAMS.stream())
                .map(name -> ROOT + "." + name)
                .toArray(String[]::new);
        noClasses().should().resideOutsideOfPackages(rooms).check(classes);
    }

    @ArchTest
    static void roomsDoNotKnowTheCommands(JavaClasses classes) {
        nobody(
                resideInAPackage(ROOT + "..").and(resideOutsideOfPackages(CLI)),
                resideInAPackage(CLI),
                "commands are thin over the flow",
                classes);
        nobody(
                resideInAnyPackage(
                        ROOMS_IN_ORDER.stream().map(name -> ROOT + "." + name).toArray(String[]::new)),
                resideInAnyPackage(in("scheduled"), in("generate")),
                "they are other programs over the flow",
                classes);
    }

    @ArchTest
    static void nobodySeesNd4j(JavaClasses classes) {
        nobody(
                resideInAPackage(ROOT + ".."),
                resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", in("dl4j")),
                "ND4J is in a jar of its own, which may be absent",
                classes);
    }

    @ArchTest
    static void nobodySeesKernels(JavaClasses classes) {
        nobody(
                resideInAPackage(ROOT + ".."),
                resideInAnyPackage("com.aparapi..", "org.sparkgrad.gpu.kernel.."),
                "kernels are behind GradientEngine",
                classes);
    }

    @ArchTest
    static void scalaStaysWhereSparksInterfaceForcesIt(JavaClasses classes) {
        noMethods()
                .that()
                .areNotPrivate()
                .and()
                .areDeclaredInClassesThat(OURS_ALONE)
                .should()
                .haveRawReturnType(SCALA)
                .orShould()
                .haveRawParameterTypes(anyElementThat(SCALA))
                .allowEmptyShould(true)
                .check(classes);
        noFields()
                .that()
                .areDeclaredInClassesThat(OURS_ALONE)
                .should()
                .haveRawType(SCALA)
                .allowEmptyShould(true)
                .check(classes);
    }

    private static String in(String name) {
        return "org.sparkgrad.job." + name + "..";
    }

    private static void nobody(
            DescribedPredicate<JavaClass> who, DescribedPredicate<JavaClass> whom, String reason, JavaClasses classes) {
        noClasses()
                .that(who)
                .should()
                .dependOnClassesThat(whom)
                .because(reason)
                .allowEmptyShould(true)
                .check(classes);
    }
}
