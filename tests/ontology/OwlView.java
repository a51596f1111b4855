import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLAnnotation;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Prints what others that use the OWL API see: a line for each annotation of the header, and for each fault in OWL 2 RL. */
public class OwlView {
    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology = OWLManager.createOWLOntologyManager()
                .loadOntologyFromOntologyDocument(new File(arguments[0]));
        for (OWLAnnotation annotation : ontology.getAnnotations()) {
            System.out.println("header: " + annotation.getProperty().getIRI());
        }
        for (OWLProfileViolation violation : new OWL2RLProfile().checkOntology(ontology).getViolations()) {
            System.out.println("not OWL 2 RL: " + violation);
        }
    }
}
